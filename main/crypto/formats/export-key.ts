import type { KeyFormat } from "../../../preload/contract/values.ts"
import type { Attachment } from "../../domain/key.ts"
import type { PrivateExport } from "../../domain/key-crypto.ts"
import { type EncryptedFormat, isEncryptedFormat, isOpenFormat, type OpenFormat } from "../../domain/key-format.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { passphraseRecipient } from "../age/scrypt-stanza.ts"
import { encryptWhole } from "../age/whole-file.ts"
import { writeIdentityFile } from "./age-identity-file.ts"
import { encryptPrivateKeyInfo } from "./encrypted-private-key-info.ts"
import { encodeHexadecimal } from "./hexadecimal.ts"
import { newOpenpgpAttachment, type OpenpgpExport, writeOpenpgp } from "./openpgp/write-openpgp.ts"
import { encodeOpenssh } from "./openssh-private-key.ts"
import { encodePem } from "./pem.ts"
import { decodePrivateKeyInfo } from "./private-key-info.ts"
import { rawBytesOf } from "./raw-key.ts"
import { isSymmetric } from "./symmetric-key.ts"
import { encodeJsonWebEncryption } from "./write-json-web-encryption.ts"
import { privateJsonWebKey, symmetricJsonWebKey } from "./write-json-web-key.ts"
import { encodePkcs12 } from "./write-pkcs12.ts"

/** ssh-keygen's lines of base64 are longer than RFC 7468's. */
const opensshLineLength = 70

/** Writes one format; null for a key that the format has no form for. */
type OpenWriter = (key: PrivateExport) => Uint8Array<ArrayBuffer> | null | Promise<Uint8Array<ArrayBuffer> | null>
type EncryptedWriter = (key: PrivateExport, passphrase: Uint8Array) => Promise<Uint8Array<ArrayBuffer> | null>

const openWriters: Readonly<Record<OpenFormat, OpenWriter>> = {
  "pkcs8-pem": (key) => (isSymmetric(key.algorithm) ? null : encodePem("PRIVATE KEY", key.material.bytes)),
  "pkcs8-der": (key) => (isSymmetric(key.algorithm) ? null : Secret.copyOf(key.material.bytes).bytes),
  openssh: (key) => writeOpenssh(key, null),
  jwk: writeJsonWebKey,
  openpgp: (key) => writeOpenpgpFile(key, null),
  raw: writeRaw,
  hex: writeHexadecimal,
  age: writeAgeIdentity,
}

const encryptedWriters: Readonly<Record<EncryptedFormat, EncryptedWriter>> = {
  "pkcs8-encrypted": writeEncryptedPkcs8,
  "openssh-encrypted": writeOpenssh,
  pkcs12: writePkcs12,
  jwe: writeJsonWebEncryption,
  openpgp: writeOpenpgpFile,
  age: writeEncryptedAge,
}

/**
 * Writes a private or symmetric key as a file of `format`.
 *
 * @param passphrase - for the formats that encrypt, and only for them: nobody should take an open file for a protected one
 * @throws INVALID_INPUT when the format can't hold such a key, or the passphrase is missing or too much
 */
export async function exportPrivate(key: PrivateExport, format: KeyFormat, passphrase: Secret | null): Promise<Secret> {
  const file = await write(key, format, passphrase)
  if (file === null) throw new VaultError("INVALID_INPUT", `${format} has no form for a key of ${key.algorithm}`)
  return new Secret(file)
}

async function write(
  key: PrivateExport,
  format: KeyFormat,
  passphrase: Secret | null,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (!isOpenFormat(format) && !isEncryptedFormat(format)) {
    throw new VaultError("INVALID_INPUT", `${format} holds public keys only`)
  }
  if (passphrase === null) {
    if (isOpenFormat(format)) return await openWriters[format](key)
    throw new VaultError("INVALID_INPUT", `${format} needs a passphrase`)
  }
  if (!isEncryptedFormat(format)) {
    throw new VaultError("INVALID_INPUT", `${format} is not encrypted and takes no passphrase`)
  }
  if (passphrase.bytes.length === 0) throw new VaultError("INVALID_INPUT", `${format} needs a passphrase`)
  return await encryptedWriters[format](key, passphrase.bytes)
}

async function writeEncryptedPkcs8(
  key: PrivateExport,
  passphrase: Uint8Array,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (isSymmetric(key.algorithm)) return null
  return encodePem("ENCRYPTED PRIVATE KEY", await encryptPrivateKeyInfo(key.material.bytes, passphrase))
}

async function writePkcs12(key: PrivateExport, passphrase: Uint8Array): Promise<Uint8Array<ArrayBuffer> | null> {
  if (isSymmetric(key.algorithm)) return null
  const { algorithm, material, comment: name, attachments = [] } = key
  const createdAt = createdAtOf(key, "pkcs12")
  return await encodePkcs12({ algorithm, material: material.bytes, name, attachments, createdAt }, passphrase)
}

async function writeOpenssh(
  key: PrivateExport,
  passphrase: Uint8Array | null,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (isSymmetric(key.algorithm)) return null
  const content = await encodeOpenssh(decodePrivateKeyInfo(key.material.bytes).parts, key.comment, passphrase)
  if (content === null) return null
  using owned = new Secret(content)
  return encodePem("OPENSSH PRIVATE KEY", owned.bytes, opensshLineLength)
}

async function writeOpenpgpFile(
  key: PrivateExport,
  passphrase: Uint8Array | null,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (isSymmetric(key.algorithm)) return null
  using secret = passphrase === null ? null : Secret.copyOf(passphrase)
  const keys = [key, ...(key.subkeys ?? [])].map(openpgpFields)
  return (await writeOpenpgp({ keys, passphrase: secret })).file.bytes
}

function openpgpFields(key: PrivateExport): OpenpgpExport {
  const { purpose = null, attachments = [] } = key
  return { ...key, createdAt: createdAtOf(key, "openpgp"), purpose, attachments }
}

/** A certificate of OpenPGP for a key that has none. @throws INVALID_INPUT for a key that can have none */
export async function newKeyCertificate(key: PrivateExport): Promise<Attachment> {
  return await newOpenpgpAttachment(openpgpFields(key))
}

/** Of a certificate that may have to be made. */
function createdAtOf({ createdAt }: PrivateExport, format: KeyFormat): string {
  if (createdAt !== undefined) return createdAt
  throw new VaultError("INVALID_INPUT", `${format}: when the key was created is missing`)
}

function writeJsonWebKey({ algorithm, material, comment }: PrivateExport): Uint8Array<ArrayBuffer> | null {
  if (algorithm === "secret") return null
  if (isSymmetric(algorithm)) return symmetricJsonWebKey(algorithm, material.bytes, comment)
  return privateJsonWebKey(decodePrivateKeyInfo(material.bytes).parts, comment)
}

async function writeJsonWebEncryption(
  key: PrivateExport,
  passphrase: Uint8Array,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const jsonWebKey = writeJsonWebKey(key)
  if (jsonWebKey === null) return null
  using owned = new Secret(jsonWebKey)
  return await encodeJsonWebEncryption(owned.bytes, passphrase)
}

function writeAgeIdentity({ algorithm, material, comment }: PrivateExport): Uint8Array<ArrayBuffer> | null {
  if (algorithm !== "x25519") return null
  const { parts } = decodePrivateKeyInfo(material.bytes)
  return parts.kind === "x25519" ? writeIdentityFile(parts, comment) : null
}

/** An identity as age-keygen would write it; or a text, which no other format holds under a passphrase. */
async function writeEncryptedAge(key: PrivateExport, passphrase: Uint8Array): Promise<Uint8Array<ArrayBuffer> | null> {
  const file = key.algorithm === "secret" ? writeRaw(key) : writeAgeIdentity(key)
  if (file === null) return null
  using text = new Secret(file)
  return await encryptWhole(text, [passphraseRecipient(passphrase)])
}

function writeRaw({ algorithm, material }: PrivateExport): Uint8Array<ArrayBuffer> {
  return Secret.copyOf(isSymmetric(algorithm) ? material.bytes : rawBytesOf(decodePrivateKeyInfo(material.bytes).parts))
    .bytes
}

function writeHexadecimal(key: PrivateExport): Uint8Array<ArrayBuffer> {
  using raw = new Secret(writeRaw(key))
  return encodeHexadecimal(raw.bytes)
}
