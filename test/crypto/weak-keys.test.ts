import { checkPrimeSync, generateKeyPairSync, generatePrimeSync } from "node:crypto"
import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { encodePublicKeyInfo } from "../../main/crypto/formats/public-key-info.ts"
import { publicKeyOf } from "../../main/crypto/formats/public-key-of.ts"
import { sharesFactor, weaknessesOf } from "../../main/crypto/weak-keys.ts"
import { sampleKey } from "../formats/sample-keys.ts"
import { processorMs } from "../support/processor-time.ts"

function bytesOf(value: bigint): Uint8Array {
  const hex = value.toString(16)
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex")
}

function rsaKey(n: bigint, e = 65_537n): Uint8Array {
  return encodePublicKeyInfo({ kind: "rsa", n: bytesOf(n), e: bytesOf(e) })
}

function modulus(name: string): bigint {
  return BigInt(`0x${readFileSync(new URL(`../vectors/roca/${name}.txt`, import.meta.url), "utf8").trim()}`)
}

function prime(): bigint {
  return generatePrimeSync(1024, { bigint: true })
}

/** A modulus of its own, as far as factors go: enough for one that is only divided. */
function other(index: number): bigint {
  return (1n << 2047n) + BigInt(index) * 2n + 1n
}

test("the published modulus with the fingerprint of ROCA is found, the one without is not", () => {
  expect(weaknessesOf(rsaKey(modulus("affected")))).toEqual([expect.stringContaining("ROCA")])
  expect(weaknessesOf(rsaKey(modulus("sound")))).toEqual([])
})

test("primes made the way of ROCA are found, at each length", () => {
  const small = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n, 41n, 43n, 47n, 53n, 59n, 61n, 67n, 71n, 73n]
  const larger = [
    79n,
    83n,
    89n,
    97n,
    101n,
    103n,
    107n,
    109n,
    113n,
    127n,
    131n,
    137n,
    139n,
    149n,
    151n,
    157n,
    163n,
    167n,
  ]
  const primorial = [...small, ...larger].reduce((product, each) => product * each, 1n)
  const power = (exponent: number): bigint => (exponent === 0 ? 1n : (power(exponent - 1) * 65_537n) % primorial)
  for (const bits of [2048, 3072, 4096]) {
    const half = (factor: bigint, exponent: number): bigint => {
      const least = 3n << BigInt(bits / 2 - 2)
      return ((least + factor) / primorial + 1n) * primorial + power(exponent)
    }
    expect(weaknessesOf(rsaKey(half(1n, 5) * half(1n << BigInt(bits / 2 - 4), 77)))).toEqual([
      expect.stringContaining("ROCA"),
    ])
  }
})

test("a small exponent is named", () => {
  const n = modulus("sound")
  expect(weaknessesOf(rsaKey(n, 3n))).toEqual(["its public exponent is 3, smaller than 65537"])
  expect(weaknessesOf(rsaKey(n, 65_539n))).toEqual([])
})

test("nothing is said of keys that openssl makes", async () => {
  for (let count = 0; count < 5; count += 1) {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 })
    expect(weaknessesOf(publicKey.export({ format: "der", type: "spki" }))).toEqual([])
  }
  for (const algorithm of ["ec-p256", "ed25519", "x25519", "ec-secp256k1"] as const) {
    using material = await sampleKey(algorithm)
    expect(weaknessesOf(publicKeyOf(material.bytes))).toEqual([])
  }
})

test("a prime in common is found among 10,000 others within seconds, and the event loop turns meanwhile", async () => {
  const shared = prime()
  const others = Array.from({ length: 10_000 }, (_, index) => rsaKey(other(index)))
  others[7654] = rsaKey(shared * prime())
  others[8000] = rsaKey(shared * prime())
  let turns = 0
  const timer = setInterval(() => {
    turns += 1
  }, 1)
  const start = processorMs()
  expect(await sharesFactor(rsaKey(shared * prime()), others)).toBe(7654)
  expect(processorMs() - start).toBeLessThan(5000)
  clearInterval(timer)
  expect(turns).toBeGreaterThan(10)
})

test("two primes in common with two others are found too", async () => {
  const [first, second] = [prime(), prime()]
  const others = [rsaKey(other(1)), rsaKey(first * prime()), rsaKey(second * prime())]
  expect(await sharesFactor(rsaKey(first * second), others)).toBe(1)
})

test("the same key shares nothing with itself, nor do keys of other kinds and what is no key", async () => {
  using material = await sampleKey("ec-p256")
  const own = rsaKey(prime() * prime())
  const ec = publicKeyOf(material.bytes)
  expect(await sharesFactor(own, [own, ec, Uint8Array.of(1), rsaKey(other(1))])).toBeNull()
  expect(await sharesFactor(ec, [own])).toBeNull()
  expect(await sharesFactor(own, [])).toBeNull()
})

/** The next prime above, when it lies within so much. */
function primeAbove(start: bigint): bigint {
  let candidate = start | 1n
  while (!checkPrimeSync(candidate)) candidate += 2n
  return candidate
}

test("primes that are nearly the same are found, those that differ in their upper half are not", () => {
  const first = prime()
  const told = [expect.stringContaining("CVE-2022-26320")]
  expect(weaknessesOf(rsaKey(first * primeAbove(first + 2n)))).toEqual(told)
  expect(weaknessesOf(rsaKey(first * primeAbove(first + (1n << 500n))))).toEqual(told)
  expect(weaknessesOf(rsaKey(first * first))).toEqual(told)
  expect(weaknessesOf(rsaKey(first * primeAbove(first + (1n << 600n))))).toEqual([])
  expect(weaknessesOf(rsaKey(first * prime()))).toEqual([])
})
