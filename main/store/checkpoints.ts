import { setImmediate as nextTurn } from "node:timers/promises"
import { z } from "zod"
import type { VaultDb } from "./vault-database.ts"

/** As many pages as are copied within a frame. SQLite itself would wait for four times as many, and let a commit copy them. */
const enough = 100

const Progress = z.tuple([z.int(), z.int(), z.int()])

/** Copies the write-ahead log into the database as it grows, in turns of the event loop of its own. */
export class Checkpoints {
  readonly #db: VaultDb
  readonly #progress
  #copying: Promise<void> | null = null

  constructor(db: VaultDb) {
    this.#db = db
    this.#progress = db.prepare("PRAGMA wal_checkpoint(NOOP)").raw()
  }

  /** @returns when what a commit left to be copied is copied, for who would only make that turn longer */
  afterCommit(): Promise<void> {
    if (this.#waiting() >= enough) this.#copying ??= this.#copyInItsTurn()
    return this.#copying ?? Promise.resolve()
  }

  async #copyInItsTurn(): Promise<void> {
    await nextTurn()
    this.#copying = null
    this.#copy()
    await nextTurn()
  }

  /** Pages that are in the log and not yet in the database. */
  #waiting(): number {
    const [, logged, copied] = Progress.parse(this.#progress.get())
    return logged - copied
  }

  /** What the disk refuses now stays in the log, where it is safe, and is tried again after the next commit. */
  #copy(): void {
    if (!this.#db.open || this.#db.inTransaction) return
    try {
      this.#db.pragma("wal_checkpoint(PASSIVE)")
    } catch {
      return
    }
  }
}
