import { z } from "zod"
import { newId } from "../crypto/uuid-v7.ts"
import type { KeyringInventory, KeyringRecord } from "../domain/open-vault.ts"
import { VaultError } from "../domain/vault-error.ts"
import { hasErrorCode } from "../files/system-error.ts"
import type { HeldKek, KeyringHolders } from "./keyring-holders.ts"
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

interface Parts {
  readonly db: VaultDb
  readonly keks: KeyringKeks
  readonly now: () => number
}

/** The keyrings; their KEKs are kept apart. */
export class StoredKeyrings implements KeyringInventory {
  readonly #db: VaultDb
  readonly #keks: KeyringKeks
  readonly #holders: KeyringHolders
  readonly #byName
  readonly #now: () => number

  constructor({ db, keks, now }: Parts) {
    this.#db = db
    this.#keks = keks
    this.#holders = keks.holders
    this.#now = now
    this.#byName = db.prepare<[string]>(`SELECT ${columns} FROM keyrings WHERE name = ?`)
  }

  find(name: string): KeyringRecord {
    const row = this.#byName.get(name)
    if (row === undefined) throw new VaultError("NOT_FOUND", `a keyring named ${name}`)
    return this.#recordOf(row)
  }

  list(): KeyringRecord[] {
    return this.#db
      .prepare(`SELECT ${columns} FROM keyrings ORDER BY name`)
      .all()
      .map((row) => this.#recordOf(row))
  }

  countKeys(id: string): number {
    return CountRow.parse(this.#db.prepare("SELECT count(*) AS keys FROM keys WHERE keyring_id = ?").get(id)).keys
  }

  #recordOf(row: unknown): KeyringRecord {
    const keyring = KeyringRow.parse(row)
    return { ...keyring, tokens: this.#holders.tokensOf(keyring.id) }
  }

  create(name: string, purpose: KeyringRecord["purpose"] = "general"): KeyringRecord {
    const keyring = this.#insert(newId(this.#now()), name, purpose)
    this.#keks.create(keyring.id, 1, keyring.createdAt)
    return { ...keyring, tokens: [] }
  }

  /** A keyring whose KEK, of version 1, a key in a token holds. */
  createHeld(id: string, name: string, purpose: KeyringRecord["purpose"], held: HeldKek): KeyringRecord {
    const keyring = this.#insert(id, name, purpose)
    this.#holders.add(id, held.holder)
    this.#holders.put(held)
    return { ...keyring, tokens: this.#holders.tokensOf(id) }
  }

  #insert(id: string, name: string, purpose: KeyringRecord["purpose"]): Omit<KeyringRecord, "tokens"> {
    const keyring = {
      id,
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
    return keyring
  }
}
