import { generateKeyPairSync } from "node:crypto"
import { expect, test } from "vitest"
import { deriveSecret } from "../../main/crypto/algorithms/key-wrapping.ts"
import { publicPointOf } from "../../main/crypto/formats/elliptic-curves.ts"
import { encodePrivateKeyInfo } from "../../main/crypto/formats/private-key-info.ts"
import { encodePublicKeyInfo } from "../../main/crypto/formats/public-key-info.ts"
import { publicKeyOf } from "../../main/crypto/formats/public-key-of.ts"
import type { Algorithm } from "../../preload/contract/values.ts"
import { sampleKey } from "../formats/sample-keys.ts"
import { answersTo, wycheproof } from "./wycheproof.ts"

const none = new Uint8Array(0)

async function agreed(algorithm: Algorithm, material: Uint8Array, peer: Uint8Array, bytes: number): Promise<Buffer> {
  using shared = await deriveSecret(algorithm, "ecdh", material, {
    peer,
    ciphertext: null,
    salt: none,
    info: none,
    size: bytes,
  })
  return Buffer.from(shared.bytes)
}

/** The scalar at the curve's full length: Wycheproof writes it as a number. */
function p256(scalar: Uint8Array): Uint8Array {
  const d = new Uint8Array(32)
  const digits = Buffer.from(scalar).subarray(scalar.length > 32 ? scalar.length - 32 : 0)
  d.set(digits, 32 - digits.length)
  return encodePrivateKeyInfo({ kind: "ec", curve: "p256", d, publicPoint: publicPointOf("p256", d) })
}

test("ECDH on P-256: every valid agreement of Wycheproof is reached, no invalid key is taken", async () => {
  const { wrong, valid, invalid } = await answersTo(wycheproof("ecdh_secp256r1"), async (question) => {
    try {
      const shared = await agreed("ec-p256", p256(question.bytes("private")), question.bytes("public"), 32)
      return shared.equals(question.bytes("shared"))
    } catch {
      return false
    }
  })
  expect({ wrong, valid, invalid }).toEqual({ wrong: [], valid: 330, invalid: 52 })
})

test("X25519: every valid agreement of Wycheproof is reached; small-order keys, which give no secret, are refused", async () => {
  const { wrong, valid, acceptable } = await answersTo(wycheproof("x25519"), async (question) => {
    const material = encodePrivateKeyInfo({ kind: "x25519", privateKey: question.bytes("private") })
    const peer = encodePublicKeyInfo({ kind: "x25519", publicKey: question.bytes("public") })
    try {
      return (await agreed("x25519", material, peer, 32)).equals(question.bytes("shared"))
    } catch {
      return false
    }
  })
  expect({ wrong, valid }).toEqual({ wrong: [], valid: 264 })
  const zero = wycheproof("x25519").flatMap(({ tests }) =>
    tests.filter(({ flags }) => flags.includes("ZeroSharedSecret")),
  )
  expect(zero.length).toBeGreaterThan(5)
  expect(zero.map(({ tcId }) => acceptable[tcId])).toEqual(zero.map(() => false))
})

test("HKDF: every output of Wycheproof, and no output that is too long", async () => {
  const { wrong, valid } = await answersTo(wycheproof("hkdf_sha256"), async (question) => {
    const request = {
      peer: null,
      ciphertext: null,
      salt: question.bytes("salt"),
      info: question.bytes("info"),
      size: question.size("size"),
    }
    try {
      using derived = await deriveSecret("hmac-sha256", "hkdf-sha256", question.bytes("ikm"), request)
      return Buffer.from(derived.bytes).equals(question.bytes("okm"))
    } catch {
      return false
    }
  })
  expect({ wrong, valid }).toEqual({ wrong: [], valid: 83 })
})

test.for(["ec-p256", "ec-p384", "ec-p521", "x25519"] as const)(
  "%s: both sides derive the same secret, and another with another info",
  async (algorithm) => {
    using ours = await sampleKey(algorithm)
    const pair = {
      "ec-p256": () => generateKeyPairSync("ec", { namedCurve: "P-256" }),
      "ec-p384": () => generateKeyPairSync("ec", { namedCurve: "P-384" }),
      "ec-p521": () => generateKeyPairSync("ec", { namedCurve: "P-521" }),
      x25519: () => generateKeyPairSync("x25519"),
    }[algorithm]()
    const theirs = new Uint8Array(pair.privateKey.export({ type: "pkcs8", format: "der" }))
    const theirPublic = new Uint8Array(pair.publicKey.export({ type: "spki", format: "der" }))
    const request = { ciphertext: null, salt: Buffer.from("salt"), info: Buffer.from("info"), size: 48 }
    for (const mechanism of ["ecdh-hkdf-sha256", "ecdh-hkdf-sha384", "ecdh-hkdf-sha512"] as const) {
      using one = await deriveSecret(algorithm, mechanism, ours.bytes, { ...request, peer: theirPublic })
      using two = await deriveSecret(algorithm, mechanism, theirs, { ...request, peer: publicKeyOf(ours.bytes) })
      expect(one.bytes).toEqual(two.bytes)
      const otherwise = { ...request, peer: theirPublic, info: Buffer.from("other") }
      using other = await deriveSecret(algorithm, mechanism, ours.bytes, otherwise)
      expect(other.bytes).not.toEqual(one.bytes)
    }
  },
)

test("a peer of another curve, no peer, a peer too many and a length that is not the curve's are refused", async () => {
  using material = await sampleKey("ec-p256")
  using other = await sampleKey("ec-p384")
  const refused = (mechanism: "ecdh" | "hkdf-sha256" | "ecdh-hkdf-sha256", peer: Uint8Array | null, size = 32) =>
    deriveSecret(mechanism === "hkdf-sha256" ? "hmac-sha256" : "ec-p256", mechanism, material.bytes, {
      peer,
      ciphertext: null,
      salt: none,
      info: none,
      size,
    })
  await expect(refused("ecdh", publicKeyOf(other.bytes))).rejects.toThrow("not of this key's curve")
  await expect(refused("ecdh-hkdf-sha256", null)).rejects.toThrow("public key is needed")
  await expect(refused("hkdf-sha256", publicKeyOf(material.bytes))).rejects.toThrow("derives by itself")
  await expect(refused("ecdh", publicKeyOf(material.bytes), 16)).rejects.toThrow("has 256")
  await expect(refused("hkdf-sha256", null, 8161)).rejects.toThrow("too many")
})
