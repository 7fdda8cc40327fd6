import { createHmac } from "node:crypto"
import type { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { DerReader } from "../asn1/der-reader.ts"
import {
  type DerValue,
  derNull,
  derObjectIdentifier,
  derOctetString,
  derSequence,
  derSmallInteger,
} from "../asn1/der-writer.ts"
import { objectIdentifier } from "../asn1/object-identifiers.ts"
import { equalBytes } from "../constant-time.ts"
import { randomBytes } from "../random.ts"
import type { PasswordForms } from "./password-forms.ts"
import { costOf, deriveKey, type HmacHash, readHmacHash, readKeyDerivation } from "./pbes2-key-derivation.ts"
import { costOfPkcs12, pkcs12Key, readPkcs12Derivation } from "./pkcs12-key-derivation.ts"

const hashes: Readonly<Record<string, HmacHash>> = {
  [objectIdentifier.sha1]: "sha1",
  [objectIdentifier.sha224]: "sha224",
  [objectIdentifier.sha256]: "sha256",
  [objectIdentifier.sha384]: "sha384",
  [objectIdentifier.sha512]: "sha512",
}

const hashLengths: Readonly<Record<HmacHash, number>> = { sha1: 20, sha224: 28, sha256: 32, sha384: 48, sha512: 64 }

/** RFC 9579 has shorter keys refused: one of a byte is guessed, and with it the MAC of anything. In bytes. */
const shortestPbmac1Key = 20
const longestPbmac1Key = 64

/** As many as PBKDF2 gets: whoever guesses the passphrase would take the cheaper of the two. */
const writtenIterations = 600_000
const writtenSaltLength = 16

/** What proves that a PKCS #12 file is as it was written, and the passphrase right. */
export interface Pkcs12Mac {
  readonly form: keyof PasswordForms
  /** as a share of the most that a single derivation may cost */
  readonly cost: number
  /** Whether it is the content's under this passphrase. */
  matches(content: Uint8Array, password: Uint8Array): Promise<boolean>
}

/**
 * Reads MacData (RFC 7292, section 4): HMAC under PKCS #12's own key derivation, or PBMAC1 (RFC 9579).
 *
 * @throws INVALID_INPUT for another algorithm, a key that is too short, or costs beyond the bounds
 */
export function readPkcs12Mac(reader: DerReader): Pkcs12Mac {
  const digestInfo = reader.sequence()
  const algorithm = digestInfo.sequence()
  const expected = digestInfo.octetString()
  digestInfo.end()
  const identifier = algorithm.objectIdentifier()
  if (identifier === objectIdentifier.pbmac1) return readPbmac1(algorithm, expected)
  const hash = hashes[identifier]
  if (hash === undefined) throw invalid("the MAC's algorithm is not supported")
  if (!algorithm.atEnd) algorithm.null()
  const derivation = readPkcs12Derivation(reader, hash)
  return macOf("bmp", hash, expected, costOfPkcs12(derivation), (password) =>
    pkcs12Key(derivation, password, "mac", hashLengths[hash]),
  )
}

/** Salt and iterations of MacData itself mean nothing here (RFC 9579, section 4). */
function readPbmac1(algorithm: DerReader, expected: Uint8Array): Pkcs12Mac {
  const parameters = algorithm.sequence()
  const derivation = readKeyDerivation(parameters.sequence())
  const hash = readHmacHash(parameters.sequence())
  parameters.end()
  const { keyLength } = derivation
  if (keyLength === null) throw invalid("PBMAC1 without the length of its key")
  if (keyLength < shortestPbmac1Key || keyLength > longestPbmac1Key) {
    throw invalid(`the key of PBMAC1 is not between ${shortestPbmac1Key} and ${longestPbmac1Key} bytes`)
  }
  return macOf("octets", hash, expected, costOf(derivation), (password) => deriveKey(derivation, password, keyLength))
}

function macOf(
  form: keyof PasswordForms,
  hash: HmacHash,
  expected: Uint8Array,
  cost: number,
  keyOf: (password: Uint8Array) => Promise<Secret>,
): Pkcs12Mac {
  if (expected.length !== hashLengths[hash]) throw invalid("the MAC's length")
  return {
    form,
    cost,
    async matches(content, password) {
      using key = await keyOf(password)
      return equalBytes(createHmac(hash, key.bytes).update(content).digest(), expected)
    },
  }
}

/** MacData: HMAC-SHA-256 under PKCS #12's own key derivation, which every program reads, of 600,000 iterations. */
export async function pkcs12Mac(content: Uint8Array, password: Uint8Array): Promise<DerValue> {
  const salt = randomBytes(writtenSaltLength)
  const derivation = { hash: "sha256", salt, iterations: writtenIterations } as const
  using key = await pkcs12Key(derivation, password, "mac", hashLengths.sha256)
  const digest = createHmac("sha256", key.bytes).update(content).digest()
  const algorithm = derSequence(derObjectIdentifier(objectIdentifier.sha256), derNull())
  return derSequence(
    derSequence(algorithm, derOctetString(digest)),
    derOctetString(salt),
    derSmallInteger(writtenIterations),
  )
}

function invalid(reason: string): VaultError {
  return new VaultError("INVALID_INPUT", `PKCS#12: ${reason}`)
}
