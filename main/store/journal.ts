import type { KeyObject } from "node:crypto"
import type { AuditEntry, ChainHead, Json } from "../domain/audit-entry.ts"
import { type ClockReading, clockAfter, judgeClock } from "../domain/believed-clock.ts"
import type { Journal } from "../domain/open-vault.ts"
import { timestamp } from "../domain/timestamp.ts"
import { VaultError } from "../domain/vault-error.ts"
import { syncFile } from "../files/replace-file.ts"
import { AuditChain } from "./audit-chain.ts"
import { timeOfLastRow } from "./audit-rows.ts"
import { leafOf } from "./key-leaf.ts"
import type { KeySearch } from "./key-search.ts"
import { longestPause } from "./log-pauses.ts"
import type { VaultDb } from "./vault-database.ts"
import { readVaultState, type VaultState, writeVaultState } from "./vault-state.ts"

type Work<Result> = () => { readonly entry: AuditEntry; readonly result: Result }

interface Parts {
  readonly db: VaultDb
  readonly search: KeySearch
  readonly auditMac: KeyObject
  readonly actor: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** The digest of a key as the inventory holds it now. */
  readonly digestOf: (keyId: string) => string
  /** Told of each new head once it is durable; remembers it outside the vault. */
  readonly onCommit: (head: ChainHead) => void
  /** What was said of the clock in this session; it outlives a connection. */
  readonly clockNoted?: Set<string>
}

/** The vault's log, and the one way to change anything: a change and its row are one transaction. */
export class StoredJournal implements Journal {
  readonly #parts: Parts
  readonly #chain: AuditChain
  readonly #savepoint
  readonly #release
  readonly #rollbackTo
  #state: VaultState
  #lastAt: string
  readonly #clockNoted: Set<string>
  #isGrouping = false
  /** The failure with which SQLite undid the whole group, as it does when the disk is full. */
  #undoing: unknown = null

  constructor(parts: Parts) {
    this.#parts = parts
    this.#clockNoted = parts.clockNoted ?? new Set()
    this.#chain = new AuditChain(parts.db, parts.auditMac)
    this.#savepoint = parts.db.prepare("SAVEPOINT operation")
    this.#release = parts.db.prepare("RELEASE operation")
    this.#rollbackTo = parts.db.prepare("ROLLBACK TO operation")
    this.#state = readVaultState(parts.db)
    this.#lastAt = timeOfLastRow(parts.db)
  }

  record<Result>(work: Work<Result>): Result {
    const before = { state: this.#state, lastAt: this.#lastAt }
    try {
      return this.#isGrouping ? this.#runInGroup(work) : this.#commitAlone(work)
    } catch (error) {
      this.#state = before.state
      this.#lastAt = before.lastAt
      throw error
    }
  }

  head(): ChainHead {
    return this.#state.head
  }

  isGrouping(): boolean {
    return this.#isGrouping
  }

  longestPauseSince(moment: string): number {
    return longestPause(this.#parts.db, moment)
  }

  begin(): void {
    this.#parts.db.exec("BEGIN IMMEDIATE")
    this.#undoing = null
    this.#isGrouping = true
  }

  commit(): void {
    try {
      this.#requireGroup()
      this.#parts.search.write()
      this.#keepState()
      this.#parts.db.exec("COMMIT")
    } catch (error) {
      this.rollback()
      throw error
    }
    this.#isGrouping = false
    this.#parts.onCommit(this.#state.head)
  }

  rollback(): void {
    if (this.#parts.db.inTransaction) this.#parts.db.exec("ROLLBACK")
    this.#isGrouping = false
    this.#parts.search.forget(0)
    this.#state = readVaultState(this.#parts.db)
    this.#lastAt = timeOfLastRow(this.#parts.db)
  }

  /** How the machine's clock stands to the log and to what is believed, and by how many seconds. */
  clock(): ClockReading {
    const now = this.#parts.now()
    const { believed } = this.#state.clock
    const behindLog = this.#lastAt === "" ? 0 : Date.parse(this.#lastAt) - now
    const verdict = judgeClock({ ...this.#state.clock, believed: behindLog > 0 ? now + behindLog : believed }, now)
    const off = behindLog > 0 ? behindLog : now - (believed ?? now)
    return { verdict, offBySeconds: Math.round(off / 1000) }
  }

  purge(): void {
    this.#parts.db.pragma("wal_checkpoint(TRUNCATE)")
    // SQLite does not sync what it cuts off; after a power cut the old pages would be back in that file.
    syncFile(`${this.#parts.db.name}-wal`)
  }

  #runInGroup<Result>(work: Work<Result>): Result {
    const { db, search } = this.#parts
    this.#requireGroup()
    try {
      search.writeMany()
      return this.#runAtSavepoint(work)
    } catch (error) {
      if (!db.inTransaction) this.#undoing = error
      throw error
    }
  }

  /** A savepoint of its own, so that a failure undoes this operation and not its neighbours. */
  #runAtSavepoint<Result>(work: Work<Result>): Result {
    const { db, search } = this.#parts
    const { waiting } = search
    this.#savepoint.run()
    try {
      const result = this.#run(work)
      this.#release.run()
      return result
    } catch (error) {
      search.forget(waiting)
      if (db.inTransaction) {
        this.#rollbackTo.run()
        this.#release.run()
      }
      throw error
    }
  }

  /** What follows in a group that is undone, its commit above all, fails as that did: outside it nothing is written. */
  #requireGroup(): void {
    if (this.#parts.db.inTransaction) return
    throw this.#undoing ?? new VaultError("IO_ERROR", "an earlier failure has undone the whole group")
  }

  #commitAlone<Result>(work: Work<Result>): Result {
    const { db, search, onCommit } = this.#parts
    try {
      const result = db
        .transaction(() => {
          const value = this.#run(work)
          search.write()
          this.#keepState()
          return value
        })
        .immediate()
      onCommit(this.#state.head)
      return result
    } catch (error) {
      search.forget(0)
      throw error
    }
  }

  #run<Result>(work: Work<Result>): Result {
    const { entry, result } = work()
    this.#noteClock()
    this.#append(entry)
    return result
  }

  #append(entry: AuditEntry): void {
    const detail: Record<string, Json> = { ...entry.detail, generation: this.#state.generation + 1 }
    const { key, usedKeyId } = entry
    if (key !== undefined) Object.assign(detail, { keyId: key.id, leaves: leafOf(this.#parts.db, key) })
    if (usedKeyId !== undefined) Object.assign(detail, { keyId: usedKeyId, leaves: this.#parts.digestOf(usedKeyId) })
    const { head, at } = this.#chain.append(this.#state.head, this.#parts.actor, this.#time(), entry, detail)
    const clock = clockAfter(this.#state.clock, this.#parts.now())
    this.#state = { ...this.#state, head, generation: this.#state.generation + 1, clock }
    this.#lastAt = at
  }

  /** The log's time never runs backwards, whatever the clock does. */
  #time(): string {
    const now = timestamp(this.#parts.now())
    if (now < this.#lastAt) return this.#lastAt
    return now
  }

  /** Once a session, when the clock is not where it should be. The row has the log's time, and says how far off that is. */
  #noteClock(): void {
    const { verdict, offBySeconds } = this.clock()
    if (verdict === "plausible" || this.#clockNoted.has(verdict)) return
    this.#clockNoted.add(verdict)
    const detail = verdict === "went-back" ? { behindBySeconds: offBySeconds } : { aheadBySeconds: offBySeconds }
    this.#append({ action: `clock.${verdict}`, target: null, detail })
  }

  #keepState(): void {
    this.#state = writeVaultState(this.#parts.db, this.#state)
  }
}

/** For a journal that writes of the vault as a whole, never of a key. */
export function noKeys(): never {
  throw new Error("this journal knows no keys")
}
