import { setImmediate as eventLoopTurn } from "node:timers/promises"
import { hasClosePrimes } from "./close-primes.ts"
import { decodePublicKeyInfo } from "./formats/public-key-info.ts"

/** SP 800-56B rev. 2, 6.2: the public exponent is greater than 2^16. */
const smallestSoundExponent = 65_537n

/**
 * The primes that the ROCA test divides by (Nemec et al., The Return of Coppersmith's Attack, ACM CCS 2017, section 3). Of sound moduli one in
 * 2^28 or so passes for one of theirs.
 */
const rocaPrimes = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113,
  127, 131, 137, 139, 149, 151, 157, 163, 167,
]
const rocaGenerator = 65_537

/** All remainders that a modulus of those chips can leave: the powers of the generator. */
const rocaRemainders = rocaPrimes.map((prime) => ({ prime: BigInt(prime), remainders: powersOf(rocaGenerator, prime) }))

/** Moduli that are multiplied before one greatest common divisor is taken; the event loop turns between two such groups. */
const groupSize = 200

/** What can be wrong with an RSA key, as far as its public half tells. */
export type Weakness = "roca" | "close-primes" | "small-exponent"

const sentences: Readonly<Record<Weakness, (exponent: bigint) => string>> = {
  roca: () => "a faulty chip made it (ROCA, CVE-2017-15361): whoever has the public key can compute the private one",
  "close-primes": () =>
    "its two primes are nearly the same (CVE-2022-26320): whoever has the public key can compute the private one",
  "small-exponent": (exponent) => `its public exponent is ${exponent}, smaller than 65537`,
}

/**
 * What is known to be weak about a public key, as far as that is seen from it alone and without a list of known keys: whether it is long enough is
 * another question, and so is what only the private key tells.
 *
 * @param spki - SubjectPublicKeyInfo DER
 * @returns sentences for a person; none for a key of which nothing bad is known
 * @throws INVALID_INPUT when it is no public key of a supported algorithm
 */
export function weaknessesOf(spki: Uint8Array): string[] {
  const numbers = rsaNumbersOf(spki)
  return numbers === null ? [] : kindsOf(numbers).map((kind) => sentences[kind](numbers.exponent))
}

/** The same, each by its name. @throws INVALID_INPUT when it is no public key of a supported algorithm */
export function weaknessKinds(spki: Uint8Array): Weakness[] {
  const numbers = rsaNumbersOf(spki)
  return numbers === null ? [] : kindsOf(numbers)
}

interface RsaNumbers {
  readonly n: bigint
  readonly exponent: bigint
}

function rsaNumbersOf(spki: Uint8Array): RsaNumbers | null {
  const { parts } = decodePublicKeyInfo(spki)
  return parts.kind === "rsa" ? { n: publicNumber(parts.n), exponent: publicNumber(parts.e) } : null
}

/** The worst first. */
function kindsOf({ n, exponent }: RsaNumbers): Weakness[] {
  const found: Weakness[] = []
  if (isOfRoca(n)) found.push("roca")
  if (hasClosePrimes(n)) found.push("close-primes")
  if (exponent < smallestSoundExponent) found.push("small-exponent")
  return found
}

function isOfRoca(n: bigint): boolean {
  return rocaRemainders.every(({ prime, remainders }) => remainders.has(n % prime))
}

function powersOf(generator: number, prime: number): ReadonlySet<bigint> {
  const powers = new Set<bigint>()
  for (let power = 1; !powers.has(BigInt(power)); power = (power * generator) % prime) powers.add(BigInt(power))
  return powers
}

/**
 * Whether an RSA key has a prime in common with another: then anybody who has both public keys can compute both private ones (Heninger et al.,
 * Mining Your Ps and Qs, USENIX Security 2012). The same modulus is the same key, and no finding.
 *
 * @param spki - SubjectPublicKeyInfo DER
 * @param others - as many more; those that are not RSA, or can't be read, share nothing
 * @returns the place of the first of the others that shares a prime, or null
 * @throws INVALID_INPUT when `spki` is no public key of a supported algorithm
 */
export async function sharesFactor(spki: Uint8Array, others: Iterable<Uint8Array>): Promise<number | null> {
  const n = modulusIn(spki)
  if (n === null) return null
  let group: { readonly place: number; readonly modulus: bigint }[] = []
  let place = 0
  for (const other of others) {
    const modulus = modulusOrNull(other)
    if (modulus !== null && modulus !== n) group.push({ place, modulus })
    place += 1
    if (group.length < groupSize) continue
    const found = firstSharing(n, group)
    if (found !== null) return found
    group = []
    await eventLoopTurn()
  }
  return firstSharing(n, group)
}

/** One division for each modulus, and the costly greatest common divisor once, of their product. */
function firstSharing(
  n: bigint,
  group: readonly { readonly place: number; readonly modulus: bigint }[],
): number | null {
  const product = group.reduce((so, { modulus }) => (so * modulus) % n, 1n)
  if (greatestCommonDivisor(product, n) === 1n) return null
  return group.find(({ modulus }) => greatestCommonDivisor(modulus % n, n) !== 1n)?.place ?? null
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [greater, smaller] = [b, a]
  while (smaller !== 0n) [greater, smaller] = [smaller, greater % smaller]
  return greater
}

function modulusOrNull(spki: Uint8Array): bigint | null {
  try {
    return modulusIn(spki)
  } catch {
    return null
  }
}

function modulusIn(spki: Uint8Array): bigint | null {
  const { parts } = decodePublicKeyInfo(spki)
  return parts.kind === "rsa" ? publicNumber(parts.n) : null
}

/** By way of a string, which is quick, and no harm to what is public. */
function publicNumber(magnitude: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(magnitude).toString("hex") || "0"}`)
}
