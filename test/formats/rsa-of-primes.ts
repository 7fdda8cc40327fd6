import { checkPrimeSync, createPrivateKey, randomBytes } from "node:crypto"
import { modularInverse } from "../support/modular-inverse.ts"

/** The private key of two primes, as PEM. */
export function rsaPemOfPrimes(first: bigint, second: bigint, e = 65_537n): string {
  const [p, q] = first > second ? [first, second] : [second, first]
  const d = modularInverse(e, (p - 1n) * (q - 1n))
  const numbers = { n: p * q, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: modularInverse(q, p) }
  const members = Object.entries(numbers).map(([name, value]) => [name, base64url(value)])
  const key = createPrivateKey({ format: "jwk", key: { kty: "RSA", ...Object.fromEntries(members) } })
  return key.export({ type: "pkcs8", format: "pem" }).toString()
}

/** A prime of 1024 bits as the chips with ROCA made them: a power of 65537 modulo the product of the first 126 primes. */
export function rocaPrime(): bigint {
  const primorial = firstPrimes(126).reduce((product, each) => product * each, 1n)
  for (;;) {
    const power = powerModulo(65_537n, randomBits(32), primorial)
    const least = 3n << 1022n
    const multiple = least / primorial + 1n + (randomBits(50) % (1n << 45n))
    const candidate = multiple * primorial + power
    if (candidate < 1n << 1024n && checkPrimeSync(candidate)) return candidate
  }
}

function firstPrimes(count: number): bigint[] {
  const primes: bigint[] = []
  for (let candidate = 2n; primes.length < count; candidate += 1n) {
    if (primes.every((prime) => candidate % prime !== 0n)) primes.push(candidate)
  }
  return primes
}

function randomBits(bits: number): bigint {
  return BigInt(`0x${randomBytes(Math.ceil(bits / 8)).toString("hex")}`) % (1n << BigInt(bits))
}

function powerModulo(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, square] = [1n, base % modulus]
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

function base64url(value: bigint): string {
  const hex = value.toString(16)
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex").toString("base64url")
}
