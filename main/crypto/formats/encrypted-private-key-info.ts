import type { Secret } from "../../domain/secret.ts"
import { DerReader } from "../asn1/der-reader.ts"
import { derTag } from "../asn1/der-tag.ts"
import { derObjectIdentifier, derOctetString, derSequence, encodeDer } from "../asn1/der-writer.ts"
import { objectIdentifier } from "../asn1/object-identifiers.ts"
import { type ReadOptions, requirePassphrase, type Warn, wrongPassphrase } from "./imported-key.ts"
import { decryptWithAnyForm, type PasswordEncryption, readPasswordEncryption } from "./password-encryption.ts"
import { passwordForms } from "./password-forms.ts"
import { encryptPbes2 } from "./pbes2.ts"

/** A key under its encryption, before any work. */
export interface EncryptedKey {
  readonly encryption: PasswordEncryption
  readonly ciphertext: Uint8Array
}

/**
 * Reads the outside of EncryptedPrivateKeyInfo (RFC 5208, section 6) in DER.
 *
 * @throws INVALID_INPUT when it is not one, or its encryption is not supported or costs too much
 */
export function readEncryptedKey(der: Uint8Array): EncryptedKey {
  const reader = DerReader.sequenceOf(der, "EncryptedPrivateKeyInfo")
  const encryption = readPasswordEncryption(reader.sequence())
  const ciphertext = reader.octetString()
  reader.end()
  return { encryption, ciphertext }
}

/**
 * Opens EncryptedPrivateKeyInfo in DER.
 *
 * @returns the PrivateKeyInfo inside: one whole SEQUENCE, not looked at further
 * @throws INVALID_INPUT as `readEncryptedKey`, and when there is no passphrase; WRONG_PASSPHRASE
 */
export async function decryptPrivateKeyInfo(der: Uint8Array, options: ReadOptions, warn: Warn): Promise<Secret> {
  const { encryption, ciphertext } = readEncryptedKey(der)
  using owned = new DisposableStack()
  const forms = passwordForms(requirePassphrase(options), owned)
  const decrypted = await decryptWithAnyForm(encryption, ciphertext, forms, isWholeSequence)
  if (decrypted === null) throw wrongPassphrase()
  if (encryption.warning !== null) warn(encryption.warning)
  return decrypted
}

/** One wrong passphrase in 256 leaves correct padding; what it decrypts to is then no SEQUENCE from start to end. */
export function isWholeSequence(bytes: Uint8Array): boolean {
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
