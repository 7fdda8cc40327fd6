import { createSecretKey } from "node:crypto"
import { expect, test } from "vitest"
import { generateMaterial } from "../../main/crypto/algorithms/material.ts"
import { randomBytes, randomSecret } from "../../main/crypto/random.ts"
import { aadFor, seal, splitSealed } from "../../main/crypto/seal.ts"
import { newId } from "../../main/crypto/uuid-v7.ts"

const many = 100_000
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex")

function distinct(make: (index: number) => string, count = many): number {
  return new Set(Array.from({ length: count }, (_, index) => make(index))).size
}

test("100,000 keys are 100,000 keys", () => {
  expect(
    distinct(() => {
      using secret = randomSecret(32)
      return hex(secret.bytes)
    }),
  ).toBe(many)
})

test("100,000 salts are 100,000 salts", () => {
  expect(distinct(() => hex(randomBytes(16)))).toBe(many)
})

test("100,000 nonces under one key are 100,000 nonces", () => {
  const key = createSecretKey(randomBytes(32))
  const aad = aadFor("test", { vaultId: newId(0) })
  const plaintext = new Uint8Array(16)
  expect(distinct(() => hex(splitSealed(seal(key, plaintext, aad)).nonce))).toBe(many)
})

test("100,000 ids of one moment are 100,000 ids", () => {
  expect(distinct(() => newId(1_700_000_000_000))).toBe(many)
})

test.for(["aes-128", "aes-256", "chacha20-poly1305", "hmac-sha512"] as const)(
  "20,000 generated %s keys are 20,000 keys",
  async (algorithm) => {
    const keys = new Set<string>()
    for (let number = 0; number < 20_000; number++) {
      using material = await generateMaterial(algorithm)
      keys.add(hex(material.bytes))
    }
    expect(keys.size).toBe(20_000)
  },
)

test.for(["ed25519", "x25519", "ec-p256", "ec-secp256k1"] as const)(
  "500 generated %s keys are 500 keys",
  async (algorithm) => {
    const keys = new Set<string>()
    for (let number = 0; number < 500; number++) {
      using material = await generateMaterial(algorithm)
      keys.add(hex(material.bytes))
    }
    expect(keys.size).toBe(500)
  },
)
