import { createHash, createPrivateKey } from "node:crypto"
import { p521 } from "@noble/curves/nist.js"
import { secp256k1 } from "@noble/curves/secp256k1.js"
import fc from "fast-check"
import { expect, test } from "vitest"
import { generateMaterial, publicKeyFor } from "../../main/crypto/algorithms/material.ts"
import { mechanismsOf } from "../../main/crypto/algorithms/mechanisms.ts"
import { sign, verify } from "../../main/crypto/algorithms/signature.ts"
import { publicPointOf } from "../../main/crypto/formats/elliptic-curves.ts"
import { encodePrivateKeyInfo } from "../../main/crypto/formats/private-key-info.ts"
import { Algorithm } from "../../preload/contract/values.ts"
import { modularInverse } from "../support/modular-inverse.ts"

const message = Buffer.from("What is signed here")
const signing = Algorithm.options.filter(
  (algorithm) => mechanismsOf(algorithm, "sign").length > 0 && algorithm !== "rsa-3072" && algorithm !== "rsa-4096",
)
const pairs = signing.flatMap((algorithm) =>
  mechanismsOf(algorithm, "sign").map((mechanism) => [algorithm, mechanism] as const),
)

async function keyPair(algorithm: Algorithm) {
  const material = await generateMaterial(algorithm)
  return { material, publicKey: publicKeyFor(algorithm, material.bytes) ?? new Uint8Array() }
}

function numberIn(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString("hex")}`)
}

function fromHex(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, "hex"))
}

test.for(pairs)("%s, %s: a signature verifies, and with any bit turned it does not", async ([algorithm, mechanism]) => {
  const { material, publicKey } = await keyPair(algorithm)
  using _ = material
  const signature = await sign(algorithm, mechanism, material.bytes, message)
  expect(await verify(algorithm, mechanism, publicKey, message, signature)).toBe(true)
  const bits = fc.integer({ min: 0, max: signature.length * 8 - 1 })
  await fc.assert(
    fc.asyncProperty(bits, async (turned) => {
      const changed = new Uint8Array(signature)
      changed[turned >> 3] = (changed[turned >> 3] ?? 0) ^ (1 << (turned & 7))
      expect(await verify(algorithm, mechanism, publicKey, message, changed)).toBe(false)
    }),
    { numRuns: 50 },
  )
})

test.for(pairs)(
  "%s, %s: another message, another key or a malformed signature is false, not an error",
  async ([algorithm, mechanism]) => {
    const { material, publicKey } = await keyPair(algorithm)
    using _ = material
    const other = await keyPair(algorithm)
    using __ = other.material
    const signature = await sign(algorithm, mechanism, material.bytes, message)
    expect(await verify(algorithm, mechanism, publicKey, Buffer.from("something else"), signature)).toBe(false)
    expect(await verify(algorithm, mechanism, other.publicKey, message, signature)).toBe(false)
    for (const length of [0, 1, 63, 64, 65, signature.length - 1, signature.length + 1]) {
      const malformed = new Uint8Array(length)
      malformed.set(signature.subarray(0, length))
      if (length !== signature.length) {
        expect(await verify(algorithm, mechanism, publicKey, message, malformed)).toBe(false)
      }
    }
  },
)

test("the empty message is a message", async () => {
  for (const [algorithm, mechanism] of pairs) {
    const { material, publicKey } = await keyPair(algorithm)
    using _ = material
    const signature = await sign(algorithm, mechanism, material.bytes, new Uint8Array())
    expect(await verify(algorithm, mechanism, publicKey, new Uint8Array(), signature)).toBe(true)
  }
})

test("P-521: 500 signatures verify, in both forms", async () => {
  const { material, publicKey } = await keyPair("ec-p521")
  using _ = material
  const outcomes = await Promise.all(
    Array.from({ length: 250 }, async (_unused, index) => {
      const text = Buffer.from(`message ${index}`)
      const der = await sign("ec-p521", "ecdsa-sha512", material.bytes, text)
      const fixed = await sign("ec-p521", "ecdsa-sha512-p1363", material.bytes, text)
      return (
        fixed.length === 132 &&
        (await verify("ec-p521", "ecdsa-sha512", publicKey, text, der)) &&
        (await verify("ec-p521", "ecdsa-sha512-p1363", publicKey, text, fixed))
      )
    }),
  )
  expect(outcomes.every(Boolean)).toBe(true)
})

test("P-521: of the nonces of 500 signatures none comes twice, and their upper bits are used", async () => {
  const { material } = await keyPair("ec-p521")
  using owned = material
  const jwk = createPrivateKey({ key: Buffer.from(owned.bytes), format: "der", type: "pkcs8" }).export({
    format: "jwk",
  })
  const d = numberIn(Buffer.from(jwk.d ?? "", "base64url"))
  const messages = Array.from({ length: 500 }, (_, index) => Buffer.from(`message ${index}`))
  const nonces = await Promise.all(
    messages.map(async (message) => {
      const signature = await sign("ec-p521", "ecdsa-sha512-p1363", owned.bytes, message)
      const [r, s] = [numberIn(signature.subarray(0, 66)), numberIn(signature.subarray(66))]
      const hash = numberIn(createHash("sha512").update(message).digest())
      return (modularInverse(s, p521.Point.Fn.ORDER) * (hash + r * d)) % p521.Point.Fn.ORDER
    }),
  )
  expect(new Set(nonces).size).toBe(500)
  // PuTTY's (CVE-2024-31497) had these nine bits always zero; of sound ones one in 512 has.
  expect(nonces.filter((nonce) => nonce >> 512n === 0n).length).toBeLessThan(15)
  const halves = nonces.filter((nonce) => nonce >> 520n === 1n).length
  expect(halves).toBeGreaterThan(150)
  expect(halves).toBeLessThan(350)
})

test("Ed25519 signs as RFC 8032, section 7.1, test 1", async () => {
  const privateKey = fromHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
  const material = encodePrivateKeyInfo({ kind: "ed25519", privateKey })
  const publicKey = publicKeyFor("ed25519", material) ?? new Uint8Array()
  expect(Buffer.from(publicKey.subarray(-32)).toString("hex")).toBe(
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
  )
  const signature = await sign("ed25519", "ed25519", material, new Uint8Array())
  expect(Buffer.from(signature).toString("hex")).toBe(
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  )
})

test("X25519 has the public key of RFC 7748, section 6.1 (Bob)", () => {
  const privateKey = fromHex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb")
  const publicKey = publicKeyFor("x25519", encodePrivateKeyInfo({ kind: "x25519", privateKey })) ?? new Uint8Array()
  expect(Buffer.from(publicKey.subarray(-32)).toString("hex")).toBe(
    "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
  )
})

test("secp256k1 signs with the nonce of RFC 6979 (the vector known from Bitcoin's libraries)", async () => {
  const d = fromHex("01".padStart(64, "0"))
  const publicPoint = publicPointOf("secp256k1", d)
  const material = encodePrivateKeyInfo({ kind: "ec", curve: "secp256k1", d, publicPoint })
  const text = Buffer.from("Satoshi Nakamoto")
  const signature = await sign("ec-secp256k1", "ecdsa-sha256-p1363", material, text)
  expect(Buffer.from(signature).toString("hex")).toBe(
    "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d82442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5",
  )
})

test("secp256k1 gives the lower s and accepts the higher one", async () => {
  const { material, publicKey } = await keyPair("ec-secp256k1")
  using _ = material
  const order = secp256k1.Point.Fn.ORDER
  for (let index = 0; index < 20; index++) {
    const text = createHash("sha256").update(String(index)).digest()
    const signature = await sign("ec-secp256k1", "ecdsa-sha256-p1363", material.bytes, text)
    const { r, s } = secp256k1.Signature.fromBytes(signature, "compact")
    expect(s <= order / 2n).toBe(true)
    const mirrored = new secp256k1.Signature(r, order - s).toBytes("compact")
    expect(await verify("ec-secp256k1", "ecdsa-sha256-p1363", publicKey, text, mirrored)).toBe(true)
  }
})
