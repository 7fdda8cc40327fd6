import type { Key } from "../domain/key.ts"
import type { VaultDb } from "./vault-database.ts"

type Searchable = Pick<Key, "name" | "owner" | "environment" | "tags">

interface Change {
  readonly row: number
  /** `null` takes the row out. */
  readonly key: Searchable | null
}

/** As many changes as are written at once while a group goes on. */
const many = 100

/**
 * The full-text index, inside the encrypted file; it keeps no text of its own, only where words stand. Changes wait for
 * the end of the transaction: FTS5 writes what it has gathered at each savepoint, and a hundred keys take it as long as one.
 */
export class KeySearch {
  readonly #db: VaultDb
  readonly #insert
  readonly #delete
  readonly #waiting: Change[] = []

  constructor(db: VaultDb) {
    this.#db = db
    this.#insert = db.prepare<[number, string, string, string, string]>(
      "INSERT INTO key_search (rowid, name, owner, environment, tags) VALUES (?, ?, ?, ?, ?)",
    )
    this.#delete = db.prepare<[number]>("DELETE FROM key_search WHERE rowid = ?")
  }

  /** How many changes wait. */
  get waiting(): number {
    return this.#waiting.length
  }

  add(row: number, key: Searchable): void {
    this.#waiting.push({ row, key })
  }

  replace(row: number, before: Searchable, after: Searchable): void {
    if (textOf(before) === textOf(after)) return
    this.#waiting.push({ row, key: null }, { row, key: after })
  }

  /** Writes what waits, outside of any savepoint: what was asked for before it must not be undone with it. */
  write(): void {
    // A transaction that SQLite ended by itself took with it what the changes belong to.
    if (!this.#db.inTransaction) this.forget(0)
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      this.#apply(next)
      this.#waiting.shift()
    }
  }

  writeMany(): void {
    if (this.#waiting.length >= many) this.write()
  }

  /** Forgets the changes that came after the first `kept`: what asked for them was undone. */
  forget(kept: number): void {
    this.#waiting.length = kept
  }

  #apply({ row, key }: Change): void {
    if (key === null) this.#delete.run(row)
    else this.#insert.run(row, key.name, key.owner ?? "", key.environment ?? "", key.tags.join(" "))
  }
}

function textOf({ name, owner, environment, tags }: Searchable): string {
  return JSON.stringify([name, owner, environment, tags])
}

/**
 * What a person typed as an FTS5 expression: every word must begin a word. Signs alone are no word, and are found
 * nowhere. `null` when nothing was typed.
 */
export function searchExpression(query: string): string | null {
  if (query.trim() === "") return null
  const words = query.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [""]
  return words.map((word) => `"${word}"*`).join(" ")
}
