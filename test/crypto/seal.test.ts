import { gcm } from "@noble/ciphers/aes.js"
import fc from "fast-check"
import { expect, test } from "vitest"
import { z } from "zod"
import { aadFor, joinSealed, open, seal, secretKey, splitSealed } from "../../main/crypto/seal.ts"
import { Secret } from "../../main/domain/secret.ts"
import { hexBytes, readWycheproof } from "./read-wycheproof.ts"

const vaultId = "0192f0c1-2b3c-7def-8123-456789abcdef"
const shape = { key: hexBytes, iv: hexBytes, aad: hexBytes, msg: hexBytes, ct: hexBytes, tag: hexBytes }
const ours = readWycheproof("aes_gcm_test", shape, { keySize: z.number(), ivSize: z.number() })
  .filter(({ keySize, ivSize }) => keySize === 256 && ivSize === 96)
  .flatMap(({ tests }) => tests)

const anyKey = fc.uint8Array({ minLength: 32, maxLength: 32 })
const anyBytes = fc.uint8Array({ maxLength: 200 })

test("Wycheproof has cases of our sizes, good and bad", () => {
  expect(new Set(ours.map(({ result }) => result))).toEqual(new Set(["valid", "invalid"]))
})

test.for(ours)("Wycheproof aes_gcm $tcId is $result: $comment", ({ key, iv, aad, msg, ct, tag, result }) => {
  using opened = open(key, joinSealed({ nonce: iv, ciphertext: ct, tag }), aad)
  if (result === "valid") expect(opened?.bytes).toEqual(msg)
  else expect(opened).toBeNull()
})

test("what is sealed opens again, and another implementation opens it too", () => {
  fc.assert(
    fc.property(anyKey, anyBytes, anyBytes, (key, plaintext, aad) => {
      const sealed = seal(key, plaintext, aad)
      using opened = open(key, sealed, aad)
      expect(opened?.bytes).toEqual(new Uint8Array(plaintext))
      expect(gcm(key, sealed.subarray(0, 12), aad).decrypt(sealed.subarray(12))).toEqual(new Uint8Array(plaintext))
    }),
  )
})

test("no changed bit opens, wherever it is", () => {
  const key = new Uint8Array(32)
  const sealed = seal(key, Buffer.from("plaintext"), Buffer.from("aad"))
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const changed = sealed.map((byte, index) => (index === bit >>> 3 ? byte ^ (1 << (bit & 7)) : byte))
    expect(open(key, changed, Buffer.from("aad"))).toBeNull()
  }
})

test("no part of it opens", () => {
  const key = new Uint8Array(32)
  const sealed = seal(key, Buffer.from("plaintext"), Buffer.from("aad"))
  for (let length = 0; length < sealed.length; length++) {
    expect(open(key, sealed.subarray(0, length), Buffer.from("aad"))).toBeNull()
    expect(open(key, sealed.subarray(sealed.length - length), Buffer.from("aad"))).toBeNull()
  }
})

test("another key or another AAD does not open it", () => {
  const key = new Uint8Array(32)
  const sealed = seal(key, Buffer.from("plaintext"), Buffer.from("aad"))
  expect(open(new Uint8Array(32).fill(1), sealed, Buffer.from("aad"))).toBeNull()
  expect(open(key, sealed, Buffer.from("aae"))).toBeNull()
  expect(open(key, sealed, new Uint8Array(0))).toBeNull()
})

test.for([0, 16, 24, 31, 33])("a key of %i bytes is a bug, not a wrong key", (size) => {
  const sealed = seal(new Uint8Array(32), new Uint8Array(4), new Uint8Array(0))
  expect(() => open(new Uint8Array(size), sealed, new Uint8Array(0))).toThrow(RangeError)
  expect(() => seal(new Uint8Array(size), new Uint8Array(4), new Uint8Array(0))).toThrow(RangeError)
})

test("10,000 seals of one thing use 10,000 nonces", () => {
  const key = secretKey(new Secret(new Uint8Array(32)))
  const nonces = Array.from(
    { length: 10_000 },
    () => splitSealed(seal(key, new Uint8Array(1), new Uint8Array(0))).nonce,
  )
  expect(new Set(nonces.map((nonce) => Buffer.from(nonce).toString("hex"))).size).toBe(10_000)
})

test("a KeyObject outlives the secret it was made of", () => {
  const secret = Secret.copyOf(new Uint8Array(32).fill(9))
  const key = secretKey(secret)
  secret[Symbol.dispose]()
  const sealed = seal(key, Buffer.from("plaintext"), new Uint8Array(0))
  using opened = open(new Uint8Array(32).fill(9), sealed, new Uint8Array(0))
  expect(opened?.bytes).toEqual(new Uint8Array(Buffer.from("plaintext")))
})

test("an opened secret is an array of its own, so that wiping it wipes all of it", () => {
  const key = new Uint8Array(32)
  using opened = open(key, seal(key, new Uint8Array(5), key), key)
  expect(opened?.bytes.buffer.byteLength).toBe(5)
})

test("splitting and joining are each other's reverse", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 28, maxLength: 100 }), (sealed) => {
      expect(joinSealed(splitSealed(sealed))).toEqual(new Uint8Array(sealed))
    }),
  )
})

test("parts of other sizes are not joined, and what is too short is not split", () => {
  const parts = { nonce: new Uint8Array(12), ciphertext: new Uint8Array(3), tag: new Uint8Array(16) }
  expect(() => joinSealed({ ...parts, nonce: new Uint8Array(13) })).toThrow(RangeError)
  expect(() => joinSealed({ ...parts, tag: new Uint8Array(15) })).toThrow(RangeError)
  expect(() => splitSealed(new Uint8Array(27))).toThrow(RangeError)
})

test("the AAD is the canonical JSON of the place", () => {
  const aad = aadFor("dek", { vaultId, version: 3, keyId: "k", keyringId: "r" })
  expect(Buffer.from(aad).toString()).toBe(
    `{"format":"claviger","keyId":"k","keyringId":"r","use":"dek","v":1,"vaultId":"${vaultId}","version":3}`,
  )
})

test("a place cannot pretend to another use or format", () => {
  const place = { vaultId, use: "material", format: "other", v: 2 }
  expect(aadFor("dek", place)).toEqual(aadFor("dek", { vaultId }))
})

test("what is sealed at one place does not open at another", () => {
  const key = new Uint8Array(32)
  const place = { vaultId, keyId: "k", version: 1 }
  const sealed = seal(key, new Uint8Array(32), aadFor("dek", place))
  expect(open(key, sealed, aadFor("dek", place))).not.toBeNull()
  for (const other of [
    { ...place, version: 2 },
    { ...place, keyId: "l" },
    { ...place, vaultId: "v" },
  ]) {
    expect(open(key, sealed, aadFor("dek", other))).toBeNull()
  }
  expect(open(key, sealed, aadFor("material", place))).toBeNull()
})
