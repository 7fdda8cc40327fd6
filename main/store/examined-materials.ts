import type { KeyObject } from "node:crypto"
import { z } from "zod"
import { Algorithm } from "../../preload/contract/values.ts"
import { equalBytes } from "../crypto/constant-time.ts"
import { hmacSha256 } from "../crypto/hmac.ts"
import { Turns } from "../crypto/turns.ts"
import { weaknessKinds } from "../crypto/weak-keys.ts"
import { algorithmFacts } from "../domain/algorithm-facts.ts"
import type { MaterialPlace } from "../domain/open-vault.ts"
import type { Secret } from "../domain/secret.ts"
import type { KeyringHolders } from "./keyring-holders.ts"
import type { VaultDb } from "./vault-database.ts"
import { settingReader, writeSetting } from "./vault-state.ts"

/** So many versions are examined in one transaction: a few milliseconds where each has to be opened. */
const spanRows = 100

/** Up to which row of the key versions all were looked at. */
const examinedTo = "examined"

const Unexamined = z.object({
  row: z.int(),
  keyId: z.string(),
  version: z.int(),
  algorithm: Algorithm,
  keyringId: z.string(),
  publicKey: z.instanceof(Uint8Array).nullable(),
})
type Unexamined = z.infer<typeof Unexamined>

const Noted = z.object({
  row: z.int(),
  mark: z.instanceof(Uint8Array).nullable(),
  weakness: z.string().nullable(),
})

type OpenIfThere = (place: MaterialPlace) => Secret | null

/**
 * What was found out about material and public keys, so that it is not found out anew each time that somebody asks about
 * all of them. Mere bytes have a mark: an HMAC under a key of the vault, the same for the same bytes.
 */
export class ExaminedMaterials {
  readonly #db: VaultDb
  readonly #markKey: KeyObject
  readonly #holders: Pick<KeyringHolders, "isHeld">
  readonly #sql: ReturnType<typeof statements>

  constructor(db: VaultDb, markKey: KeyObject, holders: Pick<KeyringHolders, "isHeld">) {
    this.#db = db
    this.#markKey = markKey
    this.#holders = holders
    this.#sql = statements(db)
  }

  mark(row: number, { algorithm, keyringId }: MaterialPlace, material: Secret): void {
    if (this.#isMarked(algorithm, keyringId)) this.#sql.put.run(row, hmacSha256(this.#markKey, material.bytes), null)
    else if (isGuessable(algorithm)) this.#sql.delete.run(row)
  }

  forget(keyId: string, version: number): void {
    this.#sql.forget.run(keyId, version)
  }

  async catchUp(open: OpenIfThere): Promise<void> {
    const turns = new Turns()
    const last = z.int().parse(this.#sql.last.get())
    let from = this.#examinedTo()
    while (from < last) {
      const to = Math.min(from + spanRows, last)
      this.#examineSpan(from, to, open)
      from = to
      await turns.breathe()
    }
  }

  #examineSpan(from: number, to: number, open: OpenIfThere): void {
    this.#db.transaction(() => {
      for (const raw of this.#sql.unexamined.all(from, to)) this.#examine(Unexamined.parse(raw), open)
      writeSetting(this.#db, examinedTo, String(to))
    })()
  }

  #examine({ row, publicKey, ...place }: Unexamined, open: OpenIfThere): void {
    if (publicKey !== null) {
      const weakness = weaknessOf(place.algorithm, publicKey)
      if (weakness !== null) this.#sql.put.run(row, null, weakness)
      return
    }
    if (!this.#isMarked(place.algorithm, place.keyringId)) return
    using material = open(place)
    if (material !== null) this.mark(row, place, material)
  }

  /**
   * Whether what was noted of a version is what is found now. Nothing is noted where nobody looked yet, and nothing need be
   * where the token that holds the keyring was not there.
   * @param material - `null` for what is in a token
   */
  isRight(place: MaterialPlace, publicKey: Uint8Array | null, material: Secret | null): boolean {
    const { row, mark, weakness } = Noted.parse(this.#sql.noted.get(place.keyId, place.version))
    const isLookedAt = row <= this.#examinedTo() && !this.#holders.isHeld(place.keyringId)
    if (mark === null && weakness === null && !isLookedAt) return true
    if (publicKey !== null) return mark === null && weakness === weaknessOf(place.algorithm, publicKey)
    if (material === null || !this.#isMarked(place.algorithm, place.keyringId))
      return mark === null && weakness === null
    return weakness === null && mark !== null && equalBytes(mark, hmacSha256(this.#markKey, material.bytes))
  }

  #examinedTo(): number {
    return Number(this.#sql.setting(examinedTo) ?? 0)
  }

  /**
   * A mark tells whether a guess is right. Where a token holds the keyring, whoever opens the vault must not find that out
   * without that token.
   */
  #isMarked(algorithm: Algorithm, keyringId: string): boolean {
    const { kind } = algorithmFacts[algorithm]
    return (kind === "symmetric" || kind === "text") && !(isGuessable(algorithm) && this.#holders.isHeld(keyringId))
  }
}

/** What people make up: text, and MAC keys, which may be text of any length. */
function isGuessable(algorithm: Algorithm): boolean {
  return algorithm === "secret" || algorithm.startsWith("hmac-")
}

/** After a change of the master key all marks are made anew, under another key. */
export function forgetExamined(db: VaultDb): void {
  db.exec("DELETE FROM examined")
  writeSetting(db, examinedTo, "0")
}

function weaknessOf(algorithm: Algorithm, publicKey: Uint8Array): string | null {
  return algorithm.startsWith("rsa-") ? (weaknessKinds(publicKey)[0] ?? null) : null
}

function statements(db: VaultDb) {
  return {
    put: db.prepare<[number, Uint8Array | null, string | null]>(
      "INSERT OR REPLACE INTO examined (version_row, mark, weakness) VALUES (?, ?, ?)",
    ),
    delete: db.prepare<[number]>("DELETE FROM examined WHERE version_row = ?"),
    forget: db.prepare<[string, number]>(`
      DELETE FROM examined WHERE version_row = (
        SELECT key_versions.row FROM key_versions JOIN keys ON keys.row = key_row WHERE keys.id = ? AND version = ?)`),
    noted: db.prepare<[string, number]>(`
      SELECT key_versions.row AS row, mark, weakness
      FROM keys JOIN key_versions ON key_row = keys.row LEFT JOIN examined ON version_row = key_versions.row
      WHERE keys.id = ? AND version = ?`),
    setting: settingReader(db),
    last: db.prepare("SELECT coalesce(max(row), 0) FROM key_versions").pluck(),
    unexamined: db.prepare<[number, number]>(`
      SELECT key_versions.row AS row, keys.id AS keyId, version, algorithm, keyring_id AS keyringId,
        public_key AS publicKey
      FROM key_versions JOIN keys ON keys.row = key_row
      WHERE key_versions.row > ? AND key_versions.row <= ? AND destroyed_at IS NULL
        AND (key_versions.location = 'vault' AND public_key IS NULL OR algorithm IN ('rsa-2048', 'rsa-3072', 'rsa-4096'))
        AND NOT EXISTS (SELECT 1 FROM examined WHERE version_row = key_versions.row)`),
  }
}
