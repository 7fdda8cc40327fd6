import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto"
import { expect, test } from "vitest"
import { generateMaterial, publicKeyFor } from "../../main/crypto/algorithms/material.ts"
import { decodePrivateKeyInfo, encodePrivateKeyInfo } from "../../main/crypto/formats/private-key-info.ts"
import { Secret } from "../../main/domain/secret.ts"
import { KeyAlgorithm } from "../../preload/contract/values.ts"

/** What an RSA key of 4096 bits takes depends on luck. */
const patience = { timeout: 60_000 }

const rawSizes = [
  ["aes-128", 16],
  ["aes-192", 24],
  ["aes-256", 32],
  ["chacha20-poly1305", 32],
  ["hmac-sha256", 32],
  ["hmac-sha384", 48],
  ["hmac-sha512", 64],
  ["secret", 43],
] as const

const asymmetric = KeyAlgorithm.options.filter((algorithm) => !rawSizes.some(([name]) => name === algorithm))

function opensslKey(material: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.from(material), format: "der", type: "pkcs8" })
}

test.for(rawSizes)("%s: a key is %i bytes, there at once, and has no public half", ([algorithm, size]) => {
  const material = generateMaterial(algorithm)
  if (!(material instanceof Secret)) throw new Error("a promise")
  expect(material.bytes).toHaveLength(size)
  expect(publicKeyFor(algorithm, material.bytes)).toBeNull()
})

test.for(asymmetric)(
  "%s: the material is the one PKCS #8 form that a vault keeps, and OpenSSL agrees on its public half",
  patience,
  async (algorithm) => {
    using material = await generateMaterial(algorithm)
    const decoded = decodePrivateKeyInfo(material.bytes)
    expect(decoded.algorithm).toBe(algorithm)
    expect(Buffer.from(encodePrivateKeyInfo(decoded.parts))).toEqual(Buffer.from(material.bytes))
    const expected = createPublicKey(opensslKey(material.bytes)).export({ format: "der", type: "spki" })
    expect(Buffer.from(publicKeyFor(algorithm, material.bytes) ?? [])).toEqual(expected)
  },
)

test.for(KeyAlgorithm.options)("%s: every key is another one, in memory of its own", patience, async (algorithm) => {
  using first = await generateMaterial(algorithm)
  using second = await generateMaterial(algorithm)
  expect(Buffer.compare(first.bytes, second.bytes)).not.toBe(0)
  expect(first.bytes.buffer.byteLength).toBe(first.bytes.length)
})

test.for([2048, 3072, 4096] as const)(
  "rsa-%i: the modulus has all its bits, the exponent is 65537",
  patience,
  async (bits) => {
    using material = await generateMaterial(`rsa-${bits}`)
    const { asymmetricKeyDetails } = opensslKey(material.bytes)
    expect(asymmetricKeyDetails).toEqual({ modulusLength: bits, publicExponent: 65537n })
  },
)

test("an RSA key is made outside the calling thread", patience, async () => {
  let turns = 0
  const ticking = setInterval(() => turns++, 1)
  using material = await generateMaterial("rsa-3072")
  clearInterval(ticking)
  expect(material.bytes.length).toBeGreaterThan(1700)
  expect(turns).toBeGreaterThan(5)
})

test("a generated secret is base64url of 32 bytes, and loses none of their bits", async () => {
  const firsts = new Set<string>()
  const lasts = new Set<string>()
  for (let drawn = 0; drawn < 1000; drawn++) {
    using secret = await generateMaterial("secret")
    const text = Buffer.from(secret.bytes).toString("ascii")
    const decoded = Buffer.from(text, "base64url")
    expect(decoded).toHaveLength(32)
    expect(decoded.toString("base64url")).toBe(text)
    firsts.add(text.slice(0, 1))
    lasts.add(text.slice(-1))
  }
  // The last character carries the four bits that are left over.
  expect([firsts.size, lasts.size]).toEqual([64, 16])
})
