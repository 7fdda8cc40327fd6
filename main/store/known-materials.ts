import type { KeyObject } from "node:crypto"
import { z } from "zod"
import { Algorithm } from "../../preload/contract/values.ts"
import { equalBytes } from "../crypto/constant-time.ts"
import { hmacSha256 } from "../crypto/hmac.ts"
import { randomSecret } from "../crypto/random.ts"
import { secretKey } from "../crypto/seal.ts"
import { Turns } from "../crypto/turns.ts"
import type { MaterialPlace } from "../domain/open-vault.ts"
import type { Secret } from "../domain/secret.ts"
import type { VaultDb } from "./vault-database.ts"

/** The newest that are looked at when the first is asked for: a fraction of a second, whatever the vault holds. */
const rememberedAtFirst = 10_000

/** Without its keyring, which a key may leave. */
const Placed = z.object({ row: z.int(), keyId: z.string(), version: z.int(), algorithm: Algorithm })
type Placed = z.infer<typeof Placed>
const KeyringId = z.string()

/** What is there, or `null` when it is gone or does not open: that is for others to find. */
type OpenIfThere = (place: MaterialPlace) => Secret | null

/**
 * Tells whether bytes are a key of the vault already. Keys of mere bytes have no fingerprint to look them up by, and
 * opening each of them for each that comes in takes hours where there are many. So each is opened once, and remembered as
 * a tag under a key that is drawn anew whenever the vault is opened, and never stored.
 */
export class KnownMaterials {
  readonly #open: OpenIfThere
  readonly #sql: ReturnType<typeof statements>
  readonly #tagKey: KeyObject
  readonly #places = new Map<string, Placed[]>()
  #last: Placed | null = null
  #caughtUp = Promise.resolve()

  constructor(db: VaultDb, open: OpenIfThere) {
    this.#open = open
    this.#sql = statements(db)
    using drawn = randomSecret(32)
    this.#tagKey = secretKey(drawn)
  }

  /** The id of the key that has had this material for longest. */
  async keyWith(material: Secret): Promise<string | null> {
    // One at a time: who comes while others are remembered waits for them.
    this.#caughtUp = this.#caughtUp.then(() => this.#catchUp())
    await this.#caughtUp
    const places = this.#places.get(this.#tag(material)) ?? []
    return places.find((place) => this.#holds(place, material))?.keyId ?? null
  }

  async #catchUp(): Promise<void> {
    this.#forgetWhatWasUndone()
    const added = this.#sql.newest.all(this.#last?.row ?? 0, rememberedAtFirst).map((row) => Placed.parse(row))
    const turns = new Turns()
    for (const place of added.reverse()) {
      await turns.breathe()
      this.#last = place
      using material = this.#materialAt(place)
      if (material === null) continue
      const tag = this.#tag(material)
      this.#places.set(tag, [...(this.#places.get(tag) ?? []), place])
    }
  }

  /** After a group that was undone, other versions take the numbers of its rows. */
  #forgetWhatWasUndone(): void {
    if (this.#last === null || this.#sql.keyOf.get(this.#last.row) === this.#last.keyId) return
    this.#places.clear()
    this.#last = null
  }

  #holds(place: Placed, material: Secret): boolean {
    using there = this.#materialAt(place)
    return there !== null && equalBytes(there.bytes, material.bytes)
  }

  #materialAt({ keyId, version, algorithm }: Placed): Secret | null {
    return this.#open({ keyId, version, algorithm, keyringId: KeyringId.parse(this.#sql.keyringOf.get(keyId)) })
  }

  #tag(material: Secret): string {
    return Buffer.from(hmacSha256(this.#tagKey, material.bytes)).toString("base64")
  }
}

function statements(db: VaultDb) {
  return {
    newest: db.prepare<[number, number]>(`
      SELECT key_versions.row AS row, keys.id AS keyId, version, algorithm
      FROM key_versions JOIN keys ON keys.row = key_row
      WHERE key_versions.row > ? AND public_key IS NULL AND purpose <> 'wallet' AND destroyed_at IS NULL
        AND key_versions.location = 'vault'
      ORDER BY key_versions.row DESC LIMIT ?`),
    keyringOf: db.prepare<[string]>("SELECT keyring_id FROM keys WHERE id = ?").pluck(),
    keyOf: db
      .prepare<[number]>("SELECT keys.id FROM key_versions JOIN keys ON keys.row = key_row WHERE key_versions.row = ?")
      .pluck(),
  }
}
