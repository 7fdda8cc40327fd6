import { z } from "zod"
import { sha256 } from "../crypto/hmac.ts"
import { aadFor, open, seal } from "../crypto/seal.ts"
import { newId } from "../crypto/uuid-v7.ts"
import type { KeyringToken } from "../domain/open-vault.ts"
import type { Secret } from "../domain/secret.ts"
import { timestamp } from "../domain/timestamp.ts"
import type { TokenAccess } from "../domain/token-access.ts"
import { meansKey, parseTokenUri, type TokenUri } from "../domain/token-uri.ts"
import { VaultError } from "../domain/vault-error.ts"
import { Base64, toBase64 } from "./base64.ts"
import { bindTo, type HoldingKey, holdingKeyOf, sealingKey } from "./bind-to-token.ts"
import { openWithFirstToken } from "./first-token.ts"
import { TokenBinding } from "./token-binding.ts"
import type { VaultDb } from "./vault-database.ts"

const Holder = TokenBinding.omit({ encapsulated: true }).extend({ id: z.string(), addedAt: z.string() })
type Holder = z.infer<typeof Holder>

const HeldRow = TokenBinding.extend({
  id: z.string(),
  version: z.int(),
  wrapped: z.instanceof(Uint8Array<ArrayBufferLike>),
})
type HeldRow = z.infer<typeof HeldRow>

/** A KEK for one of the keys that hold it, before it is stored. */
export interface HeldKek {
  readonly holder: Holder
  readonly version: number
  readonly encapsulated: string
  readonly wrapped: Uint8Array
}

export interface LoggedHolder {
  readonly id: string
  readonly uri: string
  readonly key: string
}

/** What the log says of a key that holds a keyring. */
export function loggedHolder({ id, uri, publicKey }: Holder): LoggedHolder {
  return { id, uri, key: toBase64(sha256(Base64.parse(publicKey))) }
}

interface Place {
  readonly keyringId: string
  readonly version: number
  readonly holderId: string
}

/** The keys in tokens that hold keyrings: to each of them a keyring's KEK is wrapped, and nothing else opens it. */
export class KeyringHolders {
  readonly #db: VaultDb
  readonly #vaultId: string
  readonly #anyOf
  readonly #ofKeyring

  constructor(db: VaultDb, vaultId: string) {
    this.#db = db
    this.#vaultId = vaultId
    this.#ofKeyring = db.prepare<[string]>(
      `SELECT id, added_at AS addedAt, uri, scheme, public_key AS publicKey
      FROM keyring_holders WHERE keyring_id = ? ORDER BY id`,
    )
    this.#anyOf = db.prepare<[string]>("SELECT 1 FROM keyring_holders WHERE keyring_id = ? LIMIT 1")
  }

  isHeld(keyringId: string): boolean {
    return this.#anyOf.get(keyringId) !== undefined
  }

  tokensOf(keyringId: string): KeyringToken[] {
    return this.#holdersOf(keyringId).map(({ id, uri, addedAt }) => ({ id, uri, addedAt }))
  }

  /** As the log tells of them, with the SHA-256 of the public key. */
  all(): (LoggedHolder & { readonly keyringId: string })[] {
    const sql = `SELECT id, keyring_id AS keyringId, added_at AS addedAt, uri, scheme, public_key AS publicKey
      FROM keyring_holders ORDER BY id`
    return z
      .array(Holder.extend({ keyringId: z.string() }))
      .parse(this.#db.prepare(sql).all())
      .map((holder) => ({ ...loggedHolder(holder), keyringId: holder.keyringId }))
  }

  /** Wraps a KEK for a key that is to hold it from now on; its token need not be there. */
  async heldBy(key: HoldingKey, kek: Secret, place: Omit<Place, "holderId">, now: number): Promise<HeldKek> {
    return await this.#wrapped({ id: newId(now), addedAt: timestamp(now) }, key, kek, place)
  }

  /** The same for a holder that was given another KEK of the keyring. */
  async heldAs(holder: Holder, kek: Secret, place: Omit<Place, "holderId">): Promise<HeldKek> {
    return await this.#wrapped(holder, holdingKeyOf(holder), kek, place)
  }

  /** The same for each key that holds the keyring already. */
  async heldByAll(kek: Secret, place: Omit<Place, "holderId">): Promise<HeldKek[]> {
    const holders = this.#holdersOf(place.keyringId)
    return await Promise.all(holders.map((holder) => this.heldAs(holder, kek, place)))
  }

  async #wrapped(
    { id, addedAt }: Pick<Holder, "id" | "addedAt">,
    key: HoldingKey,
    kek: Secret,
    at: Omit<Place, "holderId">,
  ): Promise<HeldKek> {
    const place = { ...at, holderId: id }
    const { binding, key: sealing } = await bindTo(key, this.#bindingPlace(place))
    using owned = sealing
    const { encapsulated, ...bound } = binding
    const wrapped = seal(owned.bytes, kek.bytes, this.#aad(place))
    return { holder: { ...bound, id, addedAt }, version: at.version, encapsulated, wrapped }
  }

  add(keyringId: string, { id, addedAt, uri, scheme, publicKey }: Holder): void {
    this.#db
      .prepare(
        "INSERT INTO keyring_holders (id, keyring_id, added_at, uri, scheme, public_key) VALUES (?, ?, ?, ?, ?, ?)",
      )
      .run(id, keyringId, addedAt, uri, scheme, publicKey)
  }

  put({ holder, version, encapsulated, wrapped }: HeldKek): void {
    this.#db
      .prepare("INSERT INTO held_keks (holder_id, version, encapsulated, wrapped) VALUES (?, ?, ?, ?)")
      .run(holder.id, version, encapsulated, wrapped)
  }

  remove(holderId: string): void {
    this.#db.prepare("DELETE FROM held_keks WHERE holder_id = ?").run(holderId)
    this.#db.prepare("DELETE FROM keyring_holders WHERE id = ?").run(holderId)
  }

  /** Deletes the KEKs of a keyring below this version. */
  retire(keyringId: string, below: number): void {
    this.#db
      .prepare(
        "DELETE FROM held_keks WHERE version < ? AND holder_id IN (SELECT id FROM keyring_holders WHERE keyring_id = ?)",
      )
      .run(below, keyringId)
  }

  /**
   * The KEKs of a keyring by their versions, the caller's to wipe. @throws as `openWithFirstToken`
   * @param uri - of the token that is to open them; `null`: whichever is there
   */
  async open(access: TokenAccess, keyringId: string, uri: TokenUri | null = null): Promise<Map<number, Secret>> {
    const meant = this.#rowsOf(keyringId).filter((row) => uri === null || meansKey(uri, parseTokenUri(row.uri)))
    if (meant.length === 0) throw new VaultError("NOT_FOUND", "that token does not hold it")
    const byVersion = Map.groupBy(meant, ({ version }) => version)
    const opened = new Map<number, Secret>()
    try {
      for (const [version, rows] of byVersion) opened.set(version, await this.#openOne(access, keyringId, rows))
      return opened
    } catch (error) {
      for (const kek of opened.values()) kek[Symbol.dispose]()
      throw error
    }
  }

  /** Whether a key that is to hold a KEK opens it. */
  async opens(access: TokenAccess, keyringId: string, { holder, ...held }: HeldKek): Promise<Secret> {
    return await this.#openOne(access, keyringId, [{ ...holder, ...held }])
  }

  #openOne(access: TokenAccess, keyringId: string, rows: readonly Omit<HeldRow, "addedAt">[]): Promise<Secret> {
    const bound = rows.map(({ id, version, wrapped, uri, publicKey, scheme, encapsulated }) => ({
      place: { keyringId, version, holderId: id },
      wrapped,
      token: { uri, publicKey, scheme, encapsulated },
    }))
    return openWithFirstToken(access, bound, ({ place, token, wrapped }, secret) => {
      using key = sealingKey(secret, token, this.#bindingPlace(place), null)
      return open(key.bytes, wrapped, this.#aad(place))
    })
  }

  #bindingPlace(place: Place) {
    return { use: "keyring-token", vaultId: this.#vaultId, ...place }
  }

  #aad(place: Place): Uint8Array {
    return aadFor("keyring-kek", { vaultId: this.#vaultId, ...place })
  }

  #holdersOf(keyringId: string): Holder[] {
    return this.#ofKeyring.all(keyringId).map((row) => Holder.parse(row))
  }

  #rowsOf(keyringId: string): HeldRow[] {
    const sql = `SELECT id, uri, scheme, public_key AS publicKey, version, encapsulated, wrapped
      FROM held_keks JOIN keyring_holders ON id = holder_id WHERE keyring_id = ? ORDER BY version, id`
    return z.array(HeldRow).parse(this.#db.prepare(sql).all(keyringId))
  }
}
