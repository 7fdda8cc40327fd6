import { createPrivateKey } from "node:crypto"
import { z } from "zod"
import { argon2id } from "../../main/crypto/argon2id.ts"
import { deriveKey } from "../../main/crypto/derive.ts"
import { aadFor, open } from "../../main/crypto/seal.ts"
import { Secret } from "../../main/domain/secret.ts"
import { Base64 } from "../../main/store/base64.ts"
import { kekAad } from "../../main/store/keyring-keks.ts"
import { isPassphraseSlot } from "../../main/store/keyslot-kinds.ts"
import { dekAad } from "../../main/store/material-store.ts"
import type { VaultDb } from "../../main/store/vault-database.ts"
import { readSetting } from "../../main/store/vault-state.ts"
import { Algorithm } from "../../preload/contract/values.ts"
import type { Needle } from "../support/needle-patterns.ts"
import { editDatabase, internalsOf, type VaultInternals } from "../support/vault-internals.ts"
import { passphrase } from "../support/vaults.ts"

const KekRow = z.object({ keyring_id: z.string(), version: z.int(), wrapped: z.instanceof(Uint8Array) })
const MaterialRow = z.object({
  key_id: z.string(),
  name: z.string(),
  version: z.int(),
  algorithm: Algorithm,
  keyring_id: z.string(),
  wrapped: z.instanceof(Uint8Array),
  sealed: z.instanceof(Uint8Array),
})

/**
 * Everything secret that a passphrase opens: from the keyslot's key down to the numbers in the private keys.
 * @param texts - all passphrases of the vault; the first opens it
 */
export async function secretsOf(path: string, texts: readonly [string, ...string[]]): Promise<Needle[]> {
  const internals = await internalsOf(path, texts[0])
  const { keys, masterKey, pageKey } = internals
  const derived = Object.entries(keys).map(([name, key]) => ({ name: `${name} key`, bytes: key.export() }))
  const slots = await Promise.all(texts.map((text) => slotKeys(internals, text)))
  return [
    ...texts.map((text) => ({ name: "passphrase", bytes: Buffer.from(text) })),
    ...slots.flat(),
    { name: "master key", bytes: masterKey.bytes },
    { name: "page key", bytes: pageKey.bytes },
    ...derived,
    ...editDatabase(internals, (db) => [
      ...secretsIn(db, internals),
      ...auditKeyIn(db, internals),
      ...backupKeysIn(db, internals),
    ]),
  ]
}

function slotKeys({ header }: VaultInternals, text: string): Promise<Needle[]> {
  const slots = header.keyslots.filter(isPassphraseSlot)
  return Promise.all(
    slots.map(async ({ kdf: { salt, ...cost } }) => {
      const derived = await argon2id(new Secret(passphrase(text)), { ...cost, salt: Base64.parse(salt) })
      return { name: "keyslot key", bytes: derived.bytes }
    }),
  )
}

function auditKeyIn(db: VaultDb, { header: { vaultId }, keys }: VaultInternals): Needle[] {
  const sealed = Base64.parse(readSetting(db, "audit-signing-key"))
  const der = opened(keys.auditSigning.export(), sealed, aadFor("audit-signing-key", { vaultId }))
  return numbersIn("audit key", "ed25519", der)
}

function backupKeysIn(db: VaultDb, { header: { vaultId }, masterKey }: VaultInternals): Needle[] {
  const ids = z.array(z.string()).parse(db.prepare("SELECT id FROM backups").pluck().all())
  const labels = ["backup-mac", ...ids.map((id) => `backup/${id}`)]
  return labels.map((label) => ({ name: `${label} key`, bytes: deriveKey(masterKey, vaultId, label).bytes }))
}

function secretsIn(db: VaultDb, { header: { vaultId }, keys }: VaultInternals): Needle[] {
  const keks = new Map<string, Uint8Array>()
  for (const row of z.array(KekRow).parse(db.prepare("SELECT * FROM keyring_keks").all())) {
    keks.set(
      row.keyring_id,
      opened(keys.keyringKek.export(), row.wrapped, kekAad(vaultId, row.keyring_id, row.version)),
    )
  }
  const rows = z.array(MaterialRow).parse(db.prepare(everyMaterial).all())
  const materials = rows.flatMap((row) => {
    const place = { keyId: row.key_id, version: row.version, keyringId: row.keyring_id }
    const dek = opened(keks.get(row.keyring_id), row.wrapped, dekAad(vaultId, place))
    const { algorithm, version } = row
    const aad = aadFor("material", { vaultId, keyId: row.key_id, version, algorithm })
    return [{ name: `DEK of ${row.name}`, bytes: dek }, ...numbersIn(row.name, algorithm, opened(dek, row.sealed, aad))]
  })
  return [...[...keks.values()].map((bytes) => ({ name: "KEK", bytes })), ...materials]
}

const everyMaterial = `
  SELECT keys.id AS key_id, name, key_versions.version, algorithm, keys.keyring_id, wrapped, sealed
  FROM keys JOIN key_versions ON key_row = keys.row
  JOIN deks ON deks.version_row = key_versions.row JOIN materials ON materials.version_row = key_versions.row`

function opened(key: Uint8Array | undefined, sealed: Uint8Array, aad: Uint8Array): Uint8Array {
  const secret = key === undefined ? null : open(key, sealed, aad)
  if (secret === null) throw new Error("a sealed secret does not open")
  return secret.bytes
}

/** What is private in a key: the bytes of a symmetric one; the scalar, the seed, or the numbers of RSA. */
function numbersIn(name: string, algorithm: Algorithm, material: Uint8Array): Needle[] {
  if (!/^(?:rsa|ec|ed|x)/.test(algorithm)) return [{ name, bytes: material }]
  const jwk = createPrivateKey({ key: Buffer.from(material), format: "der", type: "pkcs8" }).export({ format: "jwk" })
  return (["d", "p", "q", "dp", "dq", "qi"] as const).flatMap((member) => {
    const number = jwk[member]
    return number === undefined ? [] : [{ name: `${name}: ${member}`, bytes: Buffer.from(number, "base64url") }]
  })
}
