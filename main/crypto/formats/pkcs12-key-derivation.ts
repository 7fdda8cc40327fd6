import { setImmediate as eventLoopTurn } from "node:timers/promises"
import { md5, sha1 } from "@noble/hashes/legacy.js"
import { sha224, sha256, sha384, sha512 } from "@noble/hashes/sha2.js"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { DerReader } from "../asn1/der-reader.ts"
import { concatenated } from "./concatenated.ts"
import type { HmacHash } from "./pbes2-key-derivation.ts"

/** Some seconds of one core: this runs in JavaScript. Windows and OpenSSL write 2,000 or so, NSS 600,000. */
const maximumIterations = 2_000_000
const maximumSaltLength = 1024

/** A few milliseconds; the event loop turns between two of them. */
const iterationsInOneGo = 4000

/** Blocks of the hashes (FIPS 180-4), in bytes. */
const blockLengths: Readonly<Record<HmacHash, number>> = { sha1: 64, sha224: 64, sha256: 64, sha384: 128, sha512: 128 }

const hashes = { md5, sha1, sha224, sha256, sha384, sha512 }

/** What the derived octets are for: the ID of RFC 7292, B.3. */
const identifiers = { key: 1, iv: 2, mac: 3 } as const

/** Salt and rounds of PKCS #12's own key derivation. */
export interface Pkcs12Derivation {
  readonly hash: HmacHash
  readonly salt: Uint8Array
  readonly iterations: number
}

/**
 * Reads salt and iterations (pkcs-12PbeParams of RFC 7292, appendix C, and the end of MacData). They are bounded here, before any work.
 *
 * @throws INVALID_INPUT for costs beyond the bounds
 */
export function readPkcs12Derivation(reader: DerReader, hashName: HmacHash): Pkcs12Derivation {
  const salt = reader.octetString()
  // MacData: DEFAULT 1.
  const iterations = reader.atEnd ? 1 : reader.smallInteger()
  reader.end()
  if (salt.length > maximumSaltLength) throw new VaultError("INVALID_INPUT", "PKCS#12: the salt is too long")
  if (iterations < 1 || iterations > maximumIterations) {
    throw new VaultError("INVALID_INPUT", `PKCS#12: the iteration count is not between 1 and ${maximumIterations}`)
  }
  return { hash: hashName, salt, iterations }
}

/** What a derivation costs, as a share of the most that a single one may. */
export function costOfPkcs12({ iterations }: Pkcs12Derivation): number {
  return iterations / maximumIterations
}

/**
 * The key derivation of RFC 7292, B.2.
 *
 * @param password - a BMPString with its two zero octets, or nothing at all
 */
export async function pkcs12Key(
  { hash: hashName, salt, iterations }: Pkcs12Derivation,
  password: Uint8Array,
  purpose: keyof typeof identifiers,
  length: number,
): Promise<Secret> {
  const block = blockLengths[hashName]
  const diversifier = new Uint8Array(block).fill(identifiers[purpose])
  using state = new Secret(concatenated([repeated(salt, block), repeated(password, block)]))
  const key = Secret.ofSize(length)
  for (let position = 0; position < length; ) {
    using first = new Secret(concatenated([diversifier, state.bytes]))
    using part = await iteratedHash(hashName, first.bytes, iterations)
    key.bytes.set(part.bytes.subarray(0, length - position), position)
    position += part.bytes.length
    if (position < length) addToEach(state.bytes, part.bytes, block)
  }
  return key
}

/** As often as fills whole blocks; nothing of nothing. */
function repeated(bytes: Uint8Array, block: number): Uint8Array<ArrayBuffer> {
  const { bytes: filled } = Secret.ofSize(Math.ceil(bytes.length / block) * block)
  for (const index of filled.keys()) filled[index] = bytes[index % bytes.length] ?? 0
  return filled
}

/**
 * The hash of the hash of the hash. By @noble/hashes, which takes half the time that node:crypto does for so little input, and works in memory
 * of ours.
 */
export async function iteratedHash(hashName: HmacHash | "md5", input: Uint8Array, iterations: number): Promise<Secret> {
  const hash = hashes[hashName]
  const value = new Secret(hash(input))
  const [fresh, working] = [hash.create(), hash.create()]
  for (let done = 1; done < iterations; done += 1) {
    if (done % iterationsInOneGo === 0) await eventLoopTurn()
    fresh._cloneInto(working).update(value.bytes).digestInto(value.bytes)
  }
  working.destroy()
  return value
}

/** B.2, 6 B and C: each block of the state plus the hash, repeated to a block, plus 1. */
function addToEach(state: Uint8Array, part: Uint8Array, block: number): void {
  for (let start = 0; start < state.length; start += block) {
    let carry = 1
    for (let index = block - 1; index >= 0; index -= 1) {
      const sum = (state[start + index] ?? 0) + (part[index % part.length] ?? 0) + carry
      state[start + index] = sum & 0xff
      carry = sum >> 8
    }
  }
}
