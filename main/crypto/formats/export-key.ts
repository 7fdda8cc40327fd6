import type { Algorithm, KeyFormat } from "../../../preload/contract/values.ts"
import type { PrivateExport } from "../../domain/key-crypto.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { x25519RecipientText } from "../age/recipient-text.ts"
import { passphraseRecipient } from "../age/scrypt-stanza.ts"
import { encryptWhole } from "../age/whole-file.ts"
import { writeIdentityFile } from "./age-identity-file.ts"
import { encryptPrivateKeyInfo } from "./encrypted-private-key-info.ts"
import { encodeHexadecimal } from "./hexadecimal.ts"
import { writeOpenpgp } from "./openpgp/write-openpgp.ts"
import { encodeOpenssh } from "./openssh-private-key.ts"
import { opensshPublicLine } from "./openssh-public-key.ts"
import { encodePem } from "./pem.ts"
import { decodePrivateKeyInfo } from "./private-key-info.ts"
import { decodePublicKeyInfo } from "./public-key-info.ts"
import { rawBytesOf } from "./raw-key.ts"
import { isSymmetric } from "./symmetric-key.ts"
import { encodeJsonWebEncryption } from "./write-json-web-encryption.ts"
import { privateJsonWebKey, publicJsonWebKey, symmetricJsonWebKey } from "./write-json-web-key.ts"
import { encodePkcs12 } from "./write-pkcs12.ts"

/** ssh-keygen's lines of base64 are longer than RFC 7468's. */
const opensshLineLength = 70

/** A public key as the vault keeps it. */
export interface PublicExport {
  readonly algorithm: Algorithm
  /** SubjectPublicKeyInfo DER */
  readonly publicKey: Uint8Array
  readonly comment: string | null
}

/** Writes one format; null for a key that the format has no form for. */
type PrivateWriter = (key: PrivateExport) => Uint8Array<ArrayBuffer> | null | Promise<Uint8Array<ArrayBuffer> | null>
type EncryptedWriter = (key: PrivateExport, passphrase: Uint8Array) => Promise<Uint8Array<ArrayBuffer> | null>

/** Formats in which the key lies open. */
const plainWriters: ReadonlyMap<KeyFormat, PrivateWriter> = new Map<KeyFormat, PrivateWriter>([
  ["pkcs8-pem", (key) => (isSymmetric(key.algorithm) ? null : encodePem("PRIVATE KEY", key.material.bytes))],
  ["pkcs8-der", (key) => (isSymmetric(key.algorithm) ? null : Secret.copyOf(key.material.bytes).bytes)],
  ["openssh", (key) => writeOpenssh(key, null)],
  ["jwk", writeJsonWebKey],
  ["openpgp", (key) => writeOpenpgpFile(key, null)],
  ["raw", writeRaw],
  ["hex", writeHexadecimal],
  ["age", writeAgeIdentity],
])

/** Formats that a passphrase protects. */
const encryptedWriters: ReadonlyMap<KeyFormat, EncryptedWriter> = new Map<KeyFormat, EncryptedWriter>([
  ["pkcs8-encrypted", writeEncryptedPkcs8],
  ["openssh-encrypted", writeOpenssh],
  ["pkcs12", writePkcs12],
  ["jwe", writeJsonWebEncryption],
  ["openpgp", writeOpenpgpFile],
  ["age", writeEncryptedAgeIdentity],
])

/** Whether a format can protect the key with a passphrase. */
export function isEncryptedFormat(format: KeyFormat): boolean {
  return encryptedWriters.has(format)
}

/** Whether the key can lie open in a format. */
export function isPlainFormat(format: KeyFormat): boolean {
  return plainWriters.has(format)
}

/**
 * Writes a private or symmetric key as a file of `format`.
 *
 * @param passphrase - for the formats that encrypt, and only for them: nobody should take an open file for a protected one;
 *   `age` does either
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
  const [plainWriter, encryptedWriter] = [plainWriters.get(format), encryptedWriters.get(format)]
  if (plainWriter === undefined && encryptedWriter === undefined) {
    throw new VaultError("INVALID_INPUT", `${format} holds public keys only`)
  }
  if (passphrase !== null && encryptedWriter === undefined) {
    throw new VaultError("INVALID_INPUT", `${format} is not encrypted and takes no passphrase`)
  }
  if (passphrase === null && plainWriter !== undefined) return await plainWriter(key)
  if (passphrase === null || passphrase.bytes.length === 0 || encryptedWriter === undefined) {
    throw new VaultError("INVALID_INPUT", `${format} needs a passphrase`)
  }
  return await encryptedWriter(key, passphrase.bytes)
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
  const { purpose = null, attachments = [] } = key
  if (isSymmetric(key.algorithm)) return null
  using secret = passphrase === null ? null : Secret.copyOf(passphrase)
  const whole = { ...key, createdAt: createdAtOf(key, "openpgp"), purpose, attachments }
  return (await writeOpenpgp({ keys: [whole], passphrase: secret })).file.bytes
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

async function writeEncryptedAgeIdentity(
  key: PrivateExport,
  passphrase: Uint8Array,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const file = writeAgeIdentity(key)
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

/**
 * Writes a public key as `spki-pem`, as the line of an OpenSSH `.pub` file, as `jwk`, or as a recipient of age.
 *
 * @throws INVALID_INPUT for any other format, or an algorithm the format does not have
 */
export function exportPublic(
  { algorithm, publicKey, comment }: PublicExport,
  format: KeyFormat,
): Uint8Array<ArrayBuffer> {
  switch (format) {
    case "spki-pem":
      return encodePem("PUBLIC KEY", publicKey)
    case "jwk":
      return publicJsonWebKey(decodePublicKeyInfo(publicKey).parts, comment)
    case "openssh": {
      const line = opensshPublicLine(decodePublicKeyInfo(publicKey).parts, comment)
      if (line === null) throw new VaultError("INVALID_INPUT", `openssh has no form for a key of ${algorithm}`)
      return new Uint8Array(Buffer.from(line))
    }
    case "age": {
      const { parts } = decodePublicKeyInfo(publicKey)
      if (parts.kind !== "x25519") throw new VaultError("INVALID_INPUT", `age has no form for a key of ${algorithm}`)
      return new Uint8Array(Buffer.from(`${x25519RecipientText(parts.publicKey)}\n`))
    }
    default:
      throw new VaultError("INVALID_INPUT", `${format} is no format for a public key alone`)
  }
}
