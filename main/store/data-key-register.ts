import { z } from "zod"
import { sha256 } from "../crypto/hmac.ts"
import type { DataKeyRegister, LoggedDataKey, RegisteredDataKey } from "../domain/rotation-register.ts"
import { VaultError } from "../domain/vault-error.ts"
import type { VaultDb } from "./vault-database.ts"

const Row = z.object({ keyId: z.string(), label: z.string(), version: z.int(), wrapped: z.string() })
const Rows = z.array(Row)
const columns = "key_id AS keyId, label, version, wrapped"

/** Data keys that applications left here, wrapped. */
export class StoredDataKeys implements DataKeyRegister {
  readonly #db: VaultDb

  constructor(db: VaultDb) {
    this.#db = db
  }

  add({ keyId, label, version, wrapped }: RegisteredDataKey): LoggedDataKey {
    const { changes } = this.#db
      .prepare("INSERT INTO data_keys (key_id, label, version, wrapped) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
      .run(keyId, label, version, wrapped)
    if (changes === 0) throw new VaultError("ALREADY_EXISTS", `the data key ${label} of this key`)
    return { label, sha256: hashOf(wrapped) }
  }

  find(keyId: string, label: string): RegisteredDataKey {
    const row = this.#db.prepare(`SELECT ${columns} FROM data_keys WHERE key_id = ? AND label = ?`).get(keyId, label)
    if (row === undefined) throw absent(label)
    return Row.parse(row)
  }

  list(keyId: string, limit: number, after = ""): RegisteredDataKey[] {
    return Rows.parse(
      this.#db
        .prepare(`SELECT ${columns} FROM data_keys WHERE key_id = ? AND label > ? ORDER BY label LIMIT ?`)
        .all(keyId, after, limit),
    )
  }

  under(keyId: string, otherThan: number, limit: number): RegisteredDataKey[] {
    return Rows.parse(
      this.#db
        .prepare(`SELECT ${columns} FROM data_keys WHERE key_id = ? AND version <> ? ORDER BY label LIMIT ?`)
        .all(keyId, otherThan, limit),
    )
  }

  countUnder(keyId: string, otherThan: number): number {
    return z
      .int()
      .parse(
        this.#db
          .prepare("SELECT count(*) FROM data_keys WHERE key_id = ? AND version <> ?")
          .pluck()
          .get(keyId, otherThan),
      )
  }

  countOf(keyId: string, versions: readonly number[]): number {
    return z
      .int()
      .parse(
        this.#db
          .prepare("SELECT count(*) FROM data_keys WHERE key_id = ? AND version IN (SELECT value FROM json_each(?))")
          .pluck()
          .get(keyId, JSON.stringify(versions)),
      )
  }

  replace(
    { keyId, label, wrapped: was }: RegisteredDataKey,
    { version, wrapped }: Pick<RegisteredDataKey, "version" | "wrapped">,
  ): LoggedDataKey | null {
    const { changes } = this.#db
      .prepare("UPDATE data_keys SET version = ?, wrapped = ? WHERE key_id = ? AND label = ? AND wrapped = ?")
      .run(version, wrapped, keyId, label, was)
    return changes === 0 ? null : { label, sha256: hashOf(wrapped) }
  }

  remove(keyId: string, label: string): void {
    const { changes } = this.#db.prepare("DELETE FROM data_keys WHERE key_id = ? AND label = ?").run(keyId, label)
    if (changes === 0) throw absent(label)
  }

  /** What each is called in a message → what the log must say of it. */
  summaries(): Map<string, string> {
    const summaries = new Map<string, string>()
    for (const row of this.#db.prepare(`SELECT ${columns} FROM data_keys`).iterate()) {
      const { keyId, label, wrapped } = Row.parse(row)
      summaries.set(dataKeyLabel(keyId, label), hashOf(wrapped))
    }
    return summaries
  }
}

/** How a data key is called where it is compared. */
export function dataKeyLabel(keyId: unknown, label: string): string {
  return `data key ${label} of ${keyId}`
}

function hashOf(wrapped: string): string {
  return Buffer.from(sha256(wrapped)).toString("hex")
}

function absent(label: string): VaultError {
  return new VaultError("NOT_FOUND", `the data key ${label} of this key`)
}
