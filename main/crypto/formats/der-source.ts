import { VaultError } from "../../domain/vault-error.ts"
import { DerReader } from "../asn1/der-reader.ts"
import { derTag } from "../asn1/der-tag.ts"
import { readCertificate } from "./certificate.ts"
import { decodeEcPrivateKey } from "./ec-private-key.ts"
import { decryptPrivateKeyInfo } from "./encrypted-private-key-info.ts"
import { importPrivateKey, type KeyReader } from "./imported-key.ts"
import { type KeySource, warningSource } from "./key-source.ts"
import { decodePrivateKeyInfo } from "./private-key-info.ts"
import { publicKeyAlone } from "./public-key-alone.ts"
import { decodeRsaPrivateKey } from "./rsa-private-key.ts"

/** Reads PKCS#8 PrivateKeyInfo. */
export const readPkcs8: KeyReader = async (der) => [await importPrivateKey(decodePrivateKeyInfo(der).parts, null)]

/** Reads PKCS#8 EncryptedPrivateKeyInfo. */
export const readEncryptedPkcs8: KeyReader = async (der, options, warn) => {
  using opened = await decryptPrivateKeyInfo(der, options, warn)
  return await readPkcs8(opened.bytes, options, warn)
}

/** Reads PKCS#1 RSAPrivateKey. */
export const readPkcs1: KeyReader = async (der) => [await importPrivateKey(decodeRsaPrivateKey(der), null)]

/** Reads SEC 1 ECPrivateKey, which must name its curve. */
export const readSec1: KeyReader = async (der) => [await importPrivateKey(decodeEcPrivateKey(der, null), null)]

/** What each kind of key file has at the start of its outer SEQUENCE: two tags. */
const shapes: readonly { readonly format: string; readonly tags: readonly number[]; readonly read: KeyReader }[] = [
  { format: "pkcs8-der", tags: [derTag.integer, derTag.sequence], read: readPkcs8 },
  { format: "pkcs8-encrypted", tags: [derTag.sequence, derTag.octetString], read: readEncryptedPkcs8 },
  { format: "pkcs1-der", tags: [derTag.integer, derTag.integer], read: readPkcs1 },
  { format: "sec1-der", tags: [derTag.integer, derTag.octetString], read: readSec1 },
  { format: "spki-der", tags: [derTag.sequence, derTag.bitString], read: refusePublicKey },
  { format: "x509-der", tags: [derTag.sequence, derTag.sequence], read: refuseCertificate },
]

function refusePublicKey(): never {
  throw publicKeyAlone()
}

function refuseCertificate(der: Uint8Array): never {
  readCertificate(der)
  throw new VaultError("INVALID_INPUT", "a certificate alone: there is no private key in the file")
}

/** Recognises a DER key file by its first two elements: PKCS#8 plain and encrypted, PKCS#1, SEC 1; a public key or a certificate is refused with the reason. */
export function recogniseDer(file: Uint8Array): KeySource | null {
  const tags = leadingTags(file)
  const shape = shapes.find((each) => tags !== null && each.tags.every((tag, index) => tag === tags[index]))
  return shape === undefined ? null : warningSource(shape.format, (options, warn) => shape.read(file, options, warn))
}

function leadingTags(file: Uint8Array): number[] | null {
  if (file[0] !== derTag.sequence) return null
  try {
    const reader = DerReader.sequenceOf(file, "DER")
    return [reader.skip(), reader.skip()]
  } catch {
    return null
  }
}
