import { createCipheriv, createDecipheriv } from "node:crypto"
import type { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { DerReader } from "../asn1/der-reader.ts"
import { type DerValue, derObjectIdentifier, derOctetString, derSequence } from "../asn1/der-writer.ts"
import { objectIdentifier } from "../asn1/object-identifiers.ts"
import { randomBytes } from "../random.ts"
import { deriveKey, type KeyDerivation, pbkdf2Sha256, readKeyDerivation } from "./pbes2-key-derivation.ts"
import { transformed } from "./transformed.ts"

interface BlockCipher {
  /** node:crypto's name */
  readonly name: string
  /** in bytes, as is the block, which is also the length of the initialisation vector */
  readonly keyLength: number
  readonly blockLength: number
}

/** The ciphers that are read; only AES-256 is written. */
const ciphers: Readonly<Record<string, BlockCipher>> = {
  [objectIdentifier.aes128Cbc]: { name: "aes-128-cbc", keyLength: 16, blockLength: 16 },
  [objectIdentifier.aes192Cbc]: { name: "aes-192-cbc", keyLength: 24, blockLength: 16 },
  [objectIdentifier.aes256Cbc]: { name: "aes-256-cbc", keyLength: 32, blockLength: 16 },
  [objectIdentifier.desEde3Cbc]: { name: "des-ede3-cbc", keyLength: 24, blockLength: 8 },
}

/** OWASP's floor for PBKDF2-HMAC-SHA-256 (Password Storage Cheat Sheet, 2023). */
const writtenIterations = 600_000
const writtenSaltLength = 16

/** A PBES2 scheme with all its parameters (RFC 8018, 6.2 and A.4). */
export interface Pbes2 {
  readonly derivation: KeyDerivation
  readonly cipher: BlockCipher
  readonly iv: Uint8Array
}

/**
 * Reads PBES2-params (RFC 8018, A.4).
 *
 * @throws INVALID_INPUT for a key derivation or a cipher that is not supported, or costs beyond the bounds
 */
export function readPbes2(reader: DerReader): Pbes2 {
  const derivation = readKeyDerivation(reader.sequence())
  const scheme = reader.sequence()
  reader.end()
  const cipher = ciphers[scheme.objectIdentifier()]
  if (cipher === undefined) throw new VaultError("INVALID_INPUT", "PBES2: the cipher is not supported")
  const iv = scheme.octetString()
  scheme.end()
  if (iv.length !== cipher.blockLength) throw new VaultError("INVALID_INPUT", "PBES2: the initialisation vector")
  return { derivation, cipher, iv }
}

/**
 * Decrypts (RFC 8018, 6.2.2).
 *
 * @returns null when the passphrase is wrong or the ciphertext damaged: PBES2 has no MAC to tell them apart, and one wrong passphrase in 256 gets
 *   through to whoever reads the plaintext
 * @throws INVALID_INPUT when the ciphertext is no whole number of blocks
 */
export async function decryptPbes2(
  scheme: Pbes2,
  ciphertext: Uint8Array,
  passphrase: Uint8Array,
): Promise<Secret | null> {
  const { name, keyLength, blockLength } = scheme.cipher
  if (ciphertext.length === 0 || ciphertext.length % blockLength !== 0) {
    throw new VaultError("INVALID_INPUT", "PBES2: the ciphertext is no whole number of blocks")
  }
  using key = await deriveKey(scheme.derivation, passphrase, keyLength)
  try {
    return transformed(createDecipheriv(name, key.bytes, scheme.iv), ciphertext)
  } catch {
    return null
  }
}

/** PBES2 with PBKDF2-HMAC-SHA-256 of 600,000 iterations and AES-256-CBC, under a salt and initialisation vector of its own. */
export async function encryptPbes2(
  plaintext: Uint8Array,
  passphrase: Uint8Array,
): Promise<{ readonly parameters: DerValue; readonly ciphertext: Uint8Array }> {
  const salt = randomBytes(writtenSaltLength)
  const iv = randomBytes(16)
  const derivation: KeyDerivation = {
    kind: "pbkdf2",
    hash: "sha256",
    salt,
    iterations: writtenIterations,
    keyLength: null,
  }
  using key = await deriveKey(derivation, passphrase, 32)
  const encryptionScheme = derSequence(derObjectIdentifier(objectIdentifier.aes256Cbc), derOctetString(iv))
  return {
    parameters: derSequence(pbkdf2Sha256(salt, writtenIterations), encryptionScheme),
    ciphertext: transformed(createCipheriv("aes-256-cbc", key.bytes, iv), plaintext).bytes,
  }
}
