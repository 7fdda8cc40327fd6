import type { KeyObject } from "node:crypto"
import { z } from "zod"
import { randomSecret } from "../crypto/random.ts"
import { aadFor, open, seal } from "../crypto/seal.ts"
import type { MaterialPlace, MaterialSafe } from "../domain/open-vault.ts"
import type { Secret } from "../domain/secret.ts"
import type { TokenUri } from "../domain/token-uri.ts"
import { VaultError } from "../domain/vault-error.ts"
import { ExaminedMaterials } from "./examined-materials.ts"
import type { KeyringKeks } from "./keyring-keks.ts"
import { KnownMaterials } from "./known-materials.ts"
import type { VaultDb } from "./vault-database.ts"

const SealedRow = z.object({
  version_row: z.int(),
  kek_version: z.int(),
  wrapped: z.instanceof(Uint8Array),
  sealed: z.instanceof(Uint8Array),
})

type SealedRow = z.infer<typeof SealedRow>

const KekVersion = z.int()

interface Parts {
  readonly vaultId: string
  readonly keks: KeyringKeks
  readonly markKey: KeyObject
}

/** Key material: each version sealed under a random DEK of its own, the DEK wrapped by its keyring's KEK. */
export class StoredMaterials implements MaterialSafe {
  readonly #vaultId: string
  readonly #keks: KeyringKeks
  readonly #sql: ReturnType<typeof statements>
  readonly #known: KnownMaterials

  readonly #examined: ExaminedMaterials

  constructor(db: VaultDb, { vaultId, keks, markKey }: Parts) {
    this.#vaultId = vaultId
    this.#keks = keks
    this.#sql = statements(db)
    this.#examined = new ExaminedMaterials(db, markKey, keks.holders)
    this.#known = new KnownMaterials(db, (place) => this.#openIfThere(place))
  }

  put(place: MaterialPlace, material: Secret): void {
    using dek = randomSecret(32)
    const { keyId, version, keyringId } = place
    const { kekVersion, wrapped } = this.#wrap(dek, place)
    const sealed = seal(dek.bytes, material.bytes, materialAad(this.#vaultId, place))
    const { changes, lastInsertRowid } = this.#sql.insertDek.run(keyringId, kekVersion, wrapped, keyId, version)
    if (changes !== 1) throw new Error("material is put for a version that is there")
    this.#sql.insertMaterial.run(lastInsertRowid, sealed)
    this.#examined.mark(Number(lastInsertRowid), place, material)
  }

  reach(keyringId: string, pin: Secret | null, holder: TokenUri | null = null): Promise<Disposable> {
    return this.#keks.reach(keyringId, pin, holder)
  }

  async open(place: MaterialPlace, pin: Secret | null): Promise<Secret> {
    using _ = await this.reach(place.keyringId, pin)
    return this.openReached(place)
  }

  /** As `open`, where the keyring has been reached. */
  openReached(place: MaterialPlace): Secret {
    const row = this.#find(place)
    using dek = this.#unwrap(row, place)
    const material = open(dek.bytes, row.sealed, materialAad(this.#vaultId, place))
    if (material === null) throw new VaultError("INTEGRITY_FAILED", `the material of ${wordsOf(place)} does not open`)
    return material
  }

  move(from: MaterialPlace, toKeyringId: string): void {
    const row = this.#find(from)
    using dek = this.#unwrap(row, from)
    const { kekVersion, wrapped } = this.#wrap(dek, { ...from, keyringId: toKeyringId })
    this.#sql.updateDek.run(toKeyringId, kekVersion, wrapped, from.keyId, from.version)
    using material = open(dek.bytes, row.sealed, materialAad(this.#vaultId, from))
    if (material !== null) this.#examined.mark(row.version_row, { ...from, keyringId: toKeyringId }, material)
  }

  examine(): Promise<void> {
    return this.#examined.catchUp((place) => this.#openIfThere(place))
  }

  /** Whether what was noted about a version is so. @param material - `null` for what is in a token */
  isAsExamined(place: MaterialPlace, publicKey: Uint8Array | null, material: Secret | null): boolean {
    return this.#examined.isRight(place, publicKey, material)
  }

  keyWith(material: Secret): Promise<string | null> {
    return this.#known.keyWith(material)
  }

  erase(keyId: string, version: number): void {
    this.#examined.forget(keyId, version)
    this.#sql.deleteDek.run(keyId, version)
    this.#sql.deleteMaterial.run(keyId, version)
  }

  #find(place: MaterialPlace): SealedRow {
    const raw = this.#sql.find.get(place.keyId, place.version)
    if (raw === undefined) throw new VaultError("INTEGRITY_FAILED", `the material of ${wordsOf(place)} is missing`)
    return SealedRow.parse(raw)
  }

  #unwrap({ kek_version, wrapped }: SealedRow, place: MaterialPlace): Secret {
    const dek = open(this.#keks.get(place.keyringId, kek_version), wrapped, dekAad(this.#vaultId, place))
    if (dek === null) throw new VaultError("INTEGRITY_FAILED", `the DEK of ${wordsOf(place)} does not open`)
    return dek
  }

  /** Under the newest KEK of the keyring. */
  #wrap(dek: Secret, place: MaterialPlace): { readonly kekVersion: number; readonly wrapped: Uint8Array } {
    const kekVersion = KekVersion.parse(this.#sql.kekVersion.get(place.keyringId))
    const kek = this.#keks.get(place.keyringId, kekVersion)
    return { kekVersion, wrapped: seal(kek, dek.bytes, dekAad(this.#vaultId, place)) }
  }

  #openIfThere(place: MaterialPlace): Secret | null {
    try {
      return this.openReached(place)
    } catch (error) {
      if (error instanceof VaultError) return null
      throw error
    }
  }
}

const rowOfVersion = `(
  SELECT key_versions.row FROM key_versions JOIN keys ON keys.row = key_row WHERE keys.id = ? AND version = ?)`

function statements(db: VaultDb) {
  return {
    kekVersion: db.prepare<[string]>("SELECT kek_version FROM keyrings WHERE id = ?").pluck(),
    find: db.prepare<[string, number]>(`
      SELECT version_row, kek_version, wrapped, sealed FROM deks JOIN materials USING (version_row)
      WHERE version_row = ${rowOfVersion}`),
    insertDek: db.prepare<[string, number, Uint8Array, string, number]>(`
      INSERT INTO deks (version_row, key_id, version, keyring_id, kek_version, wrapped)
      SELECT key_versions.row, keys.id, version, ?, ?, ?
      FROM key_versions JOIN keys ON keys.row = key_row WHERE keys.id = ? AND version = ?`),
    insertMaterial: db.prepare<[number | bigint, Uint8Array]>(
      "INSERT INTO materials (version_row, sealed) VALUES (?, ?)",
    ),
    updateDek: db.prepare<[string, number, Uint8Array, string, number]>(
      `UPDATE deks SET keyring_id = ?, kek_version = ?, wrapped = ? WHERE version_row = ${rowOfVersion}`,
    ),
    deleteDek: db.prepare<[string, number]>(`DELETE FROM deks WHERE version_row = ${rowOfVersion}`),
    deleteMaterial: db.prepare<[string, number]>(`DELETE FROM materials WHERE version_row = ${rowOfVersion}`),
  }
}

function wordsOf({ keyId, version }: MaterialPlace): string {
  return `version ${version} of key ${keyId}`
}

/** Binds a DEK to its keyring, key and version. */
export function dekAad(vaultId: string, { keyringId, keyId, version }: Omit<MaterialPlace, "algorithm">): Uint8Array {
  return aadFor("dek", { vaultId, keyringId, keyId, version })
}

function materialAad(vaultId: string, { keyId, version, algorithm }: MaterialPlace): Uint8Array {
  return aadFor("material", { vaultId, keyId, version, algorithm })
}
