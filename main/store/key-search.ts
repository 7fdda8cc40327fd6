import type { Key } from "../domain/key.ts"
import type { VaultDb } from "./vault-database.ts"

type Searchable = Pick<Key, "name" | "owner" | "environment" | "tags">

/** The full-text index, inside the encrypted file; it keeps no text of its own, only where words stand. */
export class KeySearch {
  readonly #insert
  readonly #delete

  constructor(db: VaultDb) {
    this.#insert = db.prepare<[number, string, string, string, string]>(
      "INSERT INTO key_search (rowid, name, owner, environment, tags) VALUES (?, ?, ?, ?, ?)",
    )
    this.#delete = db.prepare<[number]>("DELETE FROM key_search WHERE rowid = ?")
  }

  add(row: number, key: Searchable): void {
    this.#insert.run(row, key.name, key.owner ?? "", key.environment ?? "", key.tags.join(" "))
  }

  replace(row: number, before: Searchable, after: Searchable): void {
    if (textOf(before) === textOf(after)) return
    this.#delete.run(row)
    this.add(row, after)
  }
}

function textOf({ name, owner, environment, tags }: Searchable): string {
  return JSON.stringify([name, owner, environment, tags])
}

/** What a person typed as an FTS5 expression: every word must begin a word. `null` when nothing was typed. */
export function searchExpression(query: string): string | null {
  const words = query.match(/[\p{L}\p{N}\p{M}]+/gu)
  return words === null ? null : words.map((word) => `"${word}"*`).join(" ")
}
