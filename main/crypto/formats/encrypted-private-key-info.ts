import type { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { DerReader } from "../asn1/der-reader.ts"
import { derTag } from "../asn1/der-tag.ts"
import { derObjectIdentifier, derOctetString, derSequence, encodeDer } from "../asn1/der-writer.ts"
import { objectIdentifier } from "../asn1/object-identifiers.ts"
import { type ReadOptions, requirePassphrase, wrongPassphrase } from "./imported-key.ts"
import { decryptPbes2, encryptPbes2, readPbes2 } from "./pbes2.ts"

/**
 * Opens EncryptedPrivateKeyInfo (RFC 5208, section 6) in DER.
 *
 * @returns the PrivateKeyInfo inside: one whole SEQUENCE, not looked at further
 * @throws INVALID_INPUT when it is not one, its encryption is not supported or costs too much, or there is no passphrase; WRONG_PASSPHRASE
 */
export async function decryptPrivateKeyInfo(der: Uint8Array, options: ReadOptions): Promise<Secret> {
  const reader = DerReader.sequenceOf(der, "EncryptedPrivateKeyInfo")
  const algorithm = reader.sequence()
  const ciphertext = reader.octetString()
  reader.end()
  if (algorithm.objectIdentifier() !== objectIdentifier.pbes2) {
    throw new VaultError("INVALID_INPUT", "EncryptedPrivateKeyInfo: only PBES2 encryption is supported")
  }
  const scheme = readPbes2(algorithm.sequence())
  algorithm.end()
  const decrypted = await decryptPbes2(scheme, ciphertext, requirePassphrase(options))
  if (decrypted === null) throw wrongPassphrase()
  if (isWholeSequence(decrypted.bytes)) return decrypted
  decrypted[Symbol.dispose]()
  throw wrongPassphrase()
}

/** One wrong passphrase in 256 leaves correct padding; what it decrypts to is then no SEQUENCE from start to end. */
function isWholeSequence(bytes: Uint8Array): boolean {
  try {
    const reader = new DerReader(bytes, "PrivateKeyInfo")
    reader.content(derTag.sequence)
    return reader.atEnd
  } catch {
    return false
  }
}

/** EncryptedPrivateKeyInfo in DER: PBES2, PBKDF2-HMAC-SHA-256 of 600,000 iterations, AES-256-CBC. */
export async function encryptPrivateKeyInfo(
  privateKeyInfo: Uint8Array,
  passphrase: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const { parameters, ciphertext } = await encryptPbes2(privateKeyInfo, passphrase)
  const algorithm = derSequence(derObjectIdentifier(objectIdentifier.pbes2), parameters)
  return encodeDer(derSequence(algorithm, derOctetString(ciphertext)))
}
