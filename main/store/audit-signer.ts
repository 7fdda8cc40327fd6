import { Buffer } from "node:buffer"
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto"
import { canonicalBytes } from "../crypto/canonical-json.ts"
import { aadFor, open, seal } from "../crypto/seal.ts"
import type { Json } from "../domain/audit-entry.ts"
import type { Attested } from "../domain/open-vault.ts"
import { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"
import { Base64, toBase64 } from "./base64.ts"
import type { VaultDb } from "./vault-database.ts"
import { readSetting, writeSetting } from "./vault-state.ts"

const setting = "audit-signing-key"

/** Makes the vault's Ed25519 audit key (RFC 8032) and stores it as PKCS#8, sealed. */
export function createAuditSigner(db: VaultDb, sealingKey: KeyObject, vaultId: string): void {
  const { privateKey } = generateKeyPairSync("ed25519")
  using der = new Secret(new Uint8Array(privateKey.export({ format: "der", type: "pkcs8" })))
  writeSetting(db, setting, toBase64(seal(sealingKey, der.bytes, signerAad(vaultId))))
}

/** SubjectPublicKeyInfo DER of the audit key. */
export function auditPublicKey(db: VaultDb, sealingKey: KeyObject, vaultId: string): Uint8Array {
  return withSigner(db, sealingKey, vaultId, (key) => createPublicKey(key).export({ format: "der", type: "spki" }))
}

/** Signs the RFC 8785 form of a statement. */
export function signedStatement<Statement extends Json>(
  db: VaultDb,
  sealingKey: KeyObject,
  vaultId: string,
  statement: Statement,
): Attested<Statement> {
  return withSigner(db, sealingKey, vaultId, (key) => ({
    statement,
    publicKey: toBase64(createPublicKey(key).export({ format: "der", type: "spki" })),
    signature: toBase64(sign(null, canonicalBytes(statement), key)),
  }))
}

/** Moves the audit key from one sealing key to another. */
export function rewrapAuditSigner(db: VaultDb, oldKey: KeyObject, newKey: KeyObject, vaultId: string): void {
  using der = openSigner(db, oldKey, vaultId)
  writeSetting(db, setting, toBase64(seal(newKey, der.bytes, signerAad(vaultId))))
}

function withSigner<Result>(
  db: VaultDb,
  sealingKey: KeyObject,
  vaultId: string,
  work: (key: KeyObject) => Result,
): Result {
  using der = openSigner(db, sealingKey, vaultId)
  return work(createPrivateKey({ key: Buffer.from(der.bytes.buffer), format: "der", type: "pkcs8" }))
}

function openSigner(db: VaultDb, sealingKey: KeyObject, vaultId: string): Secret {
  const sealed = Base64.safeParse(readSetting(db, setting))
  const der = sealed.success ? open(sealingKey, sealed.data, signerAad(vaultId)) : null
  if (der === null) throw new VaultError("INTEGRITY_FAILED", "the audit signing key does not open")
  return der
}

function signerAad(vaultId: string): Uint8Array {
  return aadFor("audit-signing-key", { vaultId })
}
