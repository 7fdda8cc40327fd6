import type { KeyObject } from "node:crypto"
import { z } from "zod"
import { randomSecret } from "../crypto/random.ts"
import { aadFor, open, seal, secretKey } from "../crypto/seal.ts"
import { VaultError } from "../domain/vault-error.ts"
import type { VaultDb } from "./vault-database.ts"

const KekRow = z.object({ wrapped: z.instanceof(Uint8Array) })
const VersionsRow = z.object({ version: z.int() })

/** The KEKs of the keyrings, unwrapped once and kept as KeyObjects while the vault is open. */
export class KeyringKeks {
  readonly #db: VaultDb
  readonly #vaultId: string
  readonly #wrappingKey: KeyObject
  readonly #open = new Map<string, KeyObject>()

  constructor(db: VaultDb, vaultId: string, wrappingKey: KeyObject) {
    this.#db = db
    this.#vaultId = vaultId
    this.#wrappingKey = wrappingKey
  }

  /** @throws `INTEGRITY_FAILED` when it does not open, or is not there */
  get(keyringId: string, version: number): KeyObject {
    const place = `${keyringId}/${version}`
    const known = this.#open.get(place)
    if (known !== undefined) return known
    const row = this.#db
      .prepare("SELECT wrapped FROM keyring_keks WHERE keyring_id = ? AND version = ?")
      .get(keyringId, version)
    const parsed = KekRow.safeParse(row)
    if (!parsed.success) throw new VaultError("INTEGRITY_FAILED", `the KEK of keyring ${keyringId} is missing`)
    using kek = open(this.#wrappingKey, parsed.data.wrapped, kekAad(this.#vaultId, keyringId, version))
    if (kek === null) throw new VaultError("INTEGRITY_FAILED", `the KEK of keyring ${keyringId} does not open`)
    const key = secretKey(kek)
    this.#open.set(place, key)
    return key
  }

  /** A new random KEK for a keyring, 32 bytes, wrapped and stored. */
  create(keyringId: string, version: number, createdAt: string): void {
    using kek = randomSecret(32)
    const wrapped = seal(this.#wrappingKey, kek.bytes, kekAad(this.#vaultId, keyringId, version))
    this.#db
      .prepare("INSERT INTO keyring_keks (keyring_id, version, created_at, wrapped) VALUES (?, ?, ?, ?)")
      .run(keyringId, version, createdAt, wrapped)
  }

  /** Deletes the KEKs of a keyring below this version. */
  retire(keyringId: string, below: number): void {
    const sql = "SELECT version FROM keyring_keks WHERE keyring_id = ? AND version < ?"
    for (const { version } of z.array(VersionsRow).parse(this.#db.prepare(sql).all(keyringId, below))) {
      this.#open.delete(`${keyringId}/${version}`)
    }
    this.#db.prepare("DELETE FROM keyring_keks WHERE keyring_id = ? AND version < ?").run(keyringId, below)
  }
}

export function kekAad(vaultId: string, keyringId: string, version: number): Uint8Array {
  return aadFor("keyring-kek", { vaultId, keyringId, version })
}
