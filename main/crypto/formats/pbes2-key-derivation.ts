import { pbkdf2 } from "node:crypto"
import { promisify } from "node:util"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { DerReader } from "../asn1/der-reader.ts"
import { derTag } from "../asn1/der-tag.ts"
import {
  type DerValue,
  derNull,
  derObjectIdentifier,
  derOctetString,
  derSequence,
  derSmallInteger,
} from "../asn1/der-writer.ts"
import { objectIdentifier } from "../asn1/object-identifiers.ts"
import { scryptKey } from "../scrypt.ts"

/** The hashes that HMAC is used with in key files, by node:crypto's names. */
export type HmacHash = "sha1" | "sha224" | "sha256" | "sha384" | "sha512"

/** How PBES2 makes a key of a passphrase; `keyLength` in bytes, where the file states it. */
export type KeyDerivation =
  | {
      readonly kind: "pbkdf2"
      readonly hash: HmacHash
      readonly salt: Uint8Array
      readonly iterations: number
      readonly keyLength: number | null
    }
  | {
      readonly kind: "scrypt"
      readonly salt: Uint8Array
      /** N, a power of two */
      readonly cost: number
      /** r */
      readonly blockSize: number
      /** p */
      readonly parallelization: number
      readonly keyLength: number | null
    }

/** Some seconds of one core; OpenSSL's default is 2,048, OWASP asks for 600,000. */
const maximumIterations = 10_000_000
const maximumSaltLength = 1024

/** 128 · N · r bytes: twice what N = 2^17, r = 8 takes. */
const maximumScryptMemory = 256 * 1024 * 1024

/** N · r · p: four passes through the most memory, some seconds of one core. */
const maximumScryptWork = 2 ** 23

const hashes: Readonly<Record<string, HmacHash>> = {
  [objectIdentifier.hmacSha1]: "sha1",
  [objectIdentifier.hmacSha224]: "sha224",
  [objectIdentifier.hmacSha256]: "sha256",
  [objectIdentifier.hmacSha384]: "sha384",
  [objectIdentifier.hmacSha512]: "sha512",
}

/**
 * Reads the keyDerivationFunc of PBES2: PBKDF2 (RFC 8018, A.2) or scrypt (RFC 7914, section 7). Costs are bounded here, before any work.
 *
 * @throws INVALID_INPUT for another function, or costs beyond the bounds
 */
export function readKeyDerivation(reader: DerReader): KeyDerivation {
  const identifier = reader.objectIdentifier()
  const parameters = reader.sequence()
  reader.end()
  switch (identifier) {
    case objectIdentifier.pbkdf2:
      return readPbkdf2(parameters)
    case objectIdentifier.scrypt:
      return readScrypt(parameters)
    default:
      throw new VaultError("INVALID_INPUT", "PBES2: the key derivation function is not supported")
  }
}

function readPbkdf2(reader: DerReader): KeyDerivation {
  const salt = readSalt(reader)
  const iterations = reader.smallInteger()
  const keyLength = readKeyLength(reader)
  const hash = reader.atEnd ? "sha1" : readHmacHash(reader.sequence())
  reader.end()
  if (iterations < 1 || iterations > maximumIterations) {
    throw new VaultError("INVALID_INPUT", `PBKDF2: the iteration count is not between 1 and ${maximumIterations}`)
  }
  return { kind: "pbkdf2", hash, salt, iterations, keyLength }
}

/**
 * Reads the AlgorithmIdentifier of an HMAC (RFC 8018, B.1.1 and B.1.2).
 *
 * @throws INVALID_INPUT for another function
 */
export function readHmacHash(reader: DerReader): HmacHash {
  const hash = hashes[reader.objectIdentifier()]
  if (hash === undefined) throw new VaultError("INVALID_INPUT", "PBKDF2: the pseudorandom function is not supported")
  // RFC 8018, B.1 has NULL here; some programs leave it out.
  if (!reader.atEnd) reader.null()
  reader.end()
  return hash
}

function readScrypt(reader: DerReader): KeyDerivation {
  const salt = readSalt(reader)
  const cost = reader.smallInteger()
  const blockSize = reader.smallInteger()
  const parallelization = reader.smallInteger()
  const keyLength = readKeyLength(reader)
  reader.end()
  const isPowerOfTwo = cost > 1 && Number.isInteger(Math.log2(cost))
  if (!isPowerOfTwo || blockSize < 1 || parallelization < 1) throw new VaultError("INVALID_INPUT", "scrypt: N, r or p")
  const isBounded =
    128 * cost * blockSize <= maximumScryptMemory && cost * blockSize * parallelization <= maximumScryptWork
  if (!isBounded) throw new VaultError("INVALID_INPUT", "scrypt: N, r and p ask for more than 256 MiB or too much time")
  return { kind: "scrypt", salt, cost, blockSize, parallelization, keyLength }
}

/** What a derivation costs, as a share of the most that a single one may. */
export function costOf(derivation: KeyDerivation): number {
  if (derivation.kind === "pbkdf2") return derivation.iterations / maximumIterations
  return (derivation.cost * derivation.blockSize * derivation.parallelization) / maximumScryptWork
}

function readSalt(reader: DerReader): Uint8Array {
  const salt = reader.octetString()
  if (salt.length > maximumSaltLength) throw new VaultError("INVALID_INPUT", "PBES2: the salt is too long")
  return salt
}

function readKeyLength(reader: DerReader): number | null {
  return reader.isNext(derTag.integer) ? reader.smallInteger() : null
}

/** The keyDerivationFunc for PBKDF2-HMAC-SHA-256 (RFC 8018, A.2), the way OpenSSL writes it. */
export function pbkdf2Sha256(salt: Uint8Array, iterations: number): DerValue {
  const prf = derSequence(derObjectIdentifier(objectIdentifier.hmacSha256), derNull())
  const parameters = derSequence(derOctetString(salt), derSmallInteger(iterations), prf)
  return derSequence(derObjectIdentifier(objectIdentifier.pbkdf2), parameters)
}

/**
 * The key of `length` bytes that a passphrase gives, computed in the thread pool.
 *
 * @throws INVALID_INPUT when the file states another key length
 */
export async function deriveKey(derivation: KeyDerivation, passphrase: Uint8Array, length: number): Promise<Secret> {
  if (derivation.keyLength !== null && derivation.keyLength !== length) {
    throw new VaultError("INVALID_INPUT", "PBES2: the key length is not the cipher's")
  }
  if (derivation.kind === "scrypt") return await scryptKey(passphrase, derivation.salt, length, derivation)
  const key = await promisify(pbkdf2)(passphrase, derivation.salt, derivation.iterations, length, derivation.hash)
  return new Secret(new Uint8Array(key.buffer, key.byteOffset, key.length))
}
