import type { KeyObject } from "node:crypto"
import { z } from "zod"
import { pinIsNeeded, pinIsNeededFor } from "../../preload/contract/failure.ts"
import { randomSecret } from "../crypto/random.ts"
import { aadFor, open, seal, secretKey } from "../crypto/seal.ts"
import type { Secret } from "../domain/secret.ts"
import { type HoldingTokens, TokenAccess } from "../domain/token-access.ts"
import type { TokenUri } from "../domain/token-uri.ts"
import { VaultError } from "../domain/vault-error.ts"
import type { HeldKek, KeyringHolders } from "./keyring-holders.ts"
import type { VaultDb } from "./vault-database.ts"

const KekRow = z.object({ wrapped: z.instanceof(Uint8Array) })
const VersionsRow = z.object({ version: z.int() })

interface Parts {
  readonly db: VaultDb
  readonly vaultId: string
  readonly wrappingKey: KeyObject
  readonly holders: KeyringHolders
  readonly tokens: () => Promise<HoldingTokens>
}

/**
 * The KEKs of the keyrings. One that the vault wraps is unwrapped once, and kept as a KeyObject while the vault is open. One that tokens hold is
 * there while it is reached, and no longer: each use asks a token.
 */
export class KeyringKeks {
  readonly #db: VaultDb
  readonly #vaultId: string
  readonly #wrappingKey: KeyObject
  readonly holders: KeyringHolders
  readonly #tokens: () => Promise<HoldingTokens>
  readonly #open = new Map<string, KeyObject>()
  /** Whoever reached a keyring, with its KEKs by their versions. */
  readonly #reached = new Map<string, Set<ReadonlyMap<number, KeyObject>>>()

  constructor({ db, vaultId, wrappingKey, holders, tokens }: Parts) {
    this.#db = db
    this.#vaultId = vaultId
    this.#wrappingKey = wrappingKey
    this.holders = holders
    this.#tokens = tokens
  }

  /** @throws `INTEGRITY_FAILED` when it does not open, or is not there; `TOKEN_ABSENT` for one that was not reached */
  get(keyringId: string, version: number): KeyObject {
    const place = `${keyringId}/${version}`
    const known = this.#open.get(place)
    if (known !== undefined) return known
    if (this.holders.isHeld(keyringId)) return this.#reachedKek(keyringId, version)
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

  /**
   * Has the KEKs of a keyring ready until what it gives is disposed. Where tokens hold it, one of them opens them.
   * @param pin - stays the caller's
   * @param uri - which token, where several that hold it are there
   * @throws as tokens do
   */
  async reach(keyringId: string, pin: Secret | null, uri: TokenUri | null = null): Promise<Disposable> {
    if (!this.holders.isHeld(keyringId)) return { [Symbol.dispose]: () => undefined }
    const opened = await this.#opened(keyringId, pin, uri)
    const keys = asKeyObjects(opened)
    const reaching = this.#reached.get(keyringId) ?? new Set()
    this.#reached.set(keyringId, reaching.add(keys))
    return { [Symbol.dispose]: () => void reaching.delete(keys) }
  }

  /** Says which keyring it was, where it is about the token and not about its PIN. */
  async #opened(keyringId: string, pin: Secret | null, uri: TokenUri | null): Promise<Map<number, Secret>> {
    try {
      return await this.holders.open(this.access(pin), keyringId, uri)
    } catch (error) {
      if (!(error instanceof VaultError && /^(TOKEN_|PIN_|NOT_FOUND$)/.test(error.code))) throw error
      const name = z.string().parse(this.#db.prepare("SELECT name FROM keyrings WHERE id = ?").pluck().get(keyringId))
      if (error.detail === pinIsNeeded) throw new VaultError(error.code, pinIsNeededFor(name), { cause: error })
      throw new VaultError(error.code, `keyring ${name}: ${error.detail ?? "the token"}`, { cause: error })
    }
  }

  /** To the tokens that hold keyrings. @param pin - stays the caller's */
  access(pin: Secret | null): TokenAccess {
    return new TokenAccess(this.#tokens, pin)
  }

  /** A new random KEK for a keyring, 32 bytes, wrapped by the vault and stored. */
  create(keyringId: string, version: number, createdAt: string): void {
    using kek = randomSecret(32)
    const wrapped = seal(this.#wrappingKey, kek.bytes, kekAad(this.#vaultId, keyringId, version))
    this.#db
      .prepare("INSERT INTO keyring_keks (keyring_id, version, created_at, wrapped) VALUES (?, ?, ?, ?)")
      .run(keyringId, version, createdAt, wrapped)
  }

  /** A new random KEK for a keyring that tokens hold, to be stored for each of them. */
  async newHeld(keyringId: string, version: number): Promise<HeldKek[]> {
    using kek = randomSecret(32)
    return await this.holders.heldByAll(kek, { keyringId, version })
  }

  /** Deletes the KEKs of a keyring below this version. */
  retire(keyringId: string, below: number): void {
    const sql = "SELECT version FROM keyring_keks WHERE keyring_id = ? AND version < ?"
    for (const { version } of z.array(VersionsRow).parse(this.#db.prepare(sql).all(keyringId, below))) {
      this.#open.delete(`${keyringId}/${version}`)
    }
    this.#db.prepare("DELETE FROM keyring_keks WHERE keyring_id = ? AND version < ?").run(keyringId, below)
    this.holders.retire(keyringId, below)
  }

  #reachedKek(keyringId: string, version: number): KeyObject {
    for (const keys of [...(this.#reached.get(keyringId) ?? [])].reverse()) {
      const key = keys.get(version)
      if (key !== undefined) return key
    }
    throw new VaultError("TOKEN_ABSENT", `keyring ${keyringId} is held by a token, which was not asked`)
  }
}

/** Takes the KEKs over. */
function asKeyObjects(keks: ReadonlyMap<number, Secret>): ReadonlyMap<number, KeyObject> {
  try {
    return new Map([...keks].map(([version, kek]) => [version, secretKey(kek)]))
  } finally {
    for (const kek of keks.values()) kek[Symbol.dispose]()
  }
}

export function kekAad(vaultId: string, keyringId: string, version: number): Uint8Array {
  return aadFor("keyring-kek", { vaultId, keyringId, version })
}
