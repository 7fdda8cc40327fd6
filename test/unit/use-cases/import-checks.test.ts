import { generateKeyPairSync, generatePrimeSync } from "node:crypto"
import { afterEach, beforeEach, expect, test } from "vitest"
import { rocaPrime, rsaPemOfPrimes } from "../../formats/rsa-of-primes.ts"
import { TestVault, utf8 } from "../../support/vaults.ts"

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create()
})

afterEach(() => vault[Symbol.dispose]())

const prime = (): bigint => generatePrimeSync(1024, { bigint: true })
const warningsOf = async (name: string, pem: string): Promise<string[]> =>
  (await vault.ask("key.import", { name, file: utf8(pem) })).warnings

test("a key of a chip with ROCA comes in with a warning", async () => {
  expect(await warningsOf("card", rsaPemOfPrimes(rocaPrime(), rocaPrime()))).toEqual([
    expect.stringMatching(/^the key is weak: .*CVE-2017-15361/),
  ])
})

test("an RSA key with a small public exponent comes in with a warning", async () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048, publicExponent: 3 })
  expect(await warningsOf("small", privateKey.export({ type: "pkcs8", format: "pem" }).toString())).toEqual([
    "the key is weak: its public exponent is 3, smaller than 65537",
  ])
})

test("an RSA key that has a prime in common with a key of the vault comes in with a warning that names it", async () => {
  const shared = prime()
  await vault.generate("sound", { algorithm: "rsa-2048", purpose: "signature" })
  expect(await warningsOf("first", rsaPemOfPrimes(shared, prime()))).toEqual([])
  const warning = [expect.stringMatching(/^the key is weak: it has a prime in common with first;/)]
  expect(await warningsOf("second", rsaPemOfPrimes(shared, prime()))).toEqual(warning)
})

test("the prime is found in a key that was destroyed, and in a version that was replaced, too", async () => {
  const shared = prime()
  await warningsOf("first", rsaPemOfPrimes(shared, prime()))
  await vault.ask("key.rotate", { name: "first" })
  await vault.ask("key.destroy", { name: "first", reason: "weak", confirmed: true })
  expect(await warningsOf("second", rsaPemOfPrimes(shared, prime()))).toEqual([expect.stringContaining("first")])
})

test("keys of one file are compared with each other, and each warning says which it is about", async () => {
  const shared = prime()
  const file = rsaPemOfPrimes(shared, prime()) + rsaPemOfPrimes(shared, prime())
  expect(await warningsOf("both", file)).toEqual([
    expect.stringMatching(/^both-2: the key is weak: it has a prime in common with both;/),
  ])
})

test("an RSA key that is too small is refused, and named for what it is", async () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 1024 })
  const file = utf8(privateKey.export({ type: "pkcs8", format: "pem" }).toString())
  expect(await vault.refusal("key.import", { name: "small", file })).toEqual({
    code: "INVALID_INPUT",
    detail: "an RSA key of 1024 bits: only 2048, 3072 and 4096 are supported",
  })
})

test("a private key that is not that of the public key beside it is refused, and nothing is kept", async () => {
  const [one, other] = [
    generateKeyPairSync("ec", { namedCurve: "P-256" }),
    generateKeyPairSync("rsa", { modulusLength: 2048 }),
  ]
  const foreign = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ format: "jwk" })
  const foreignRsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({ format: "jwk" })
  for (const key of [
    { ...one.privateKey.export({ format: "jwk" }), x: foreign.x, y: foreign.y },
    { ...other.privateKey.export({ format: "jwk" }), n: foreignRsa.n },
  ]) {
    const refused = await vault.refusal("key.import", { name: "mixed", file: utf8(JSON.stringify(key)) })
    expect(refused.code).toBe("INVALID_INPUT")
  }
  expect(await vault.ask("key.list", {})).toEqual({ keys: [] })
})
