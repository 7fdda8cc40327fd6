import { z } from "zod"
import { newId } from "../crypto/uuid-v7.ts"
import type { KeyringInventory, KeyringRecord } from "../domain/open-vault.ts"
import { VaultError } from "../domain/vault-error.ts"
import { hasErrorCode } from "../files/system-error.ts"
import type { KeyringKeks } from "./keyring-keks.ts"
import type { VaultDb } from "./vault-database.ts"

const KeyringRow = z
  .object({
    id: z.string(),
    name: z.string(),
    purpose: z.enum(["general", "wallet"]),
    created_at: z.string(),
    kek_version: z.int(),
  })
  .transform(({ created_at, kek_version, ...rest }) => ({ ...rest, createdAt: created_at, kekVersion: kek_version }))

const CountRow = z.object({ keys: z.int() })
const columns = "id, name, purpose, created_at, kek_version"

/** The keyrings; their KEKs are kept apart. */
export class StoredKeyrings implements KeyringInventory {
  readonly #db: VaultDb
  readonly #keks: KeyringKeks
  readonly #byName
  readonly #now: () => number

  constructor(db: VaultDb, keks: KeyringKeks, now: () => number) {
    this.#db = db
    this.#keks = keks
    this.#now = now
    this.#byName = db.prepare<[string]>(`SELECT ${columns} FROM keyrings WHERE name = ?`)
  }

  find(name: string): KeyringRecord {
    const row = this.#byName.get(name)
    if (row === undefined) throw new VaultError("NOT_FOUND", `a keyring named ${name}`)
    return KeyringRow.parse(row)
  }

  list(): KeyringRecord[] {
    return z.array(KeyringRow).parse(this.#db.prepare(`SELECT ${columns} FROM keyrings ORDER BY name`).all())
  }

  countKeys(id: string): number {
    return CountRow.parse(this.#db.prepare("SELECT count(*) AS keys FROM keys WHERE keyring_id = ?").get(id)).keys
  }

  create(name: string, purpose: KeyringRecord["purpose"] = "general"): KeyringRecord {
    const keyring = {
      id: newId(this.#now()),
      name,
      purpose,
      createdAt: new Date(this.#now()).toISOString(),
      kekVersion: 1,
    }
    try {
      this.#db
        .prepare("INSERT INTO keyrings (id, name, purpose, created_at, kek_version) VALUES (?, ?, ?, ?, 1)")
        .run(keyring.id, name, purpose, keyring.createdAt)
    } catch (error) {
      if (hasErrorCode(error, "SQLITE_CONSTRAINT_UNIQUE")) {
        throw new VaultError("ALREADY_EXISTS", `a keyring named ${name}`)
      }
      throw error
    }
    this.#keks.create(keyring.id, 1, keyring.createdAt)
    return keyring
  }
}
