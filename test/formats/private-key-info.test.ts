import { createPrivateKey, createPublicKey } from "node:crypto"
import { expect, test } from "vitest"
import { contextTag } from "../../main/crypto/asn1/der-tag.ts"
import {
  type DerValue,
  derBitString,
  derElement,
  derNull,
  derObjectIdentifier,
  derOctetString,
  derSequence,
  derSmallInteger,
  encodeDer,
} from "../../main/crypto/asn1/der-writer.ts"
import { objectIdentifier } from "../../main/crypto/asn1/object-identifiers.ts"
import { decodePrivateKeyInfo, encodePrivateKeyInfo } from "../../main/crypto/formats/private-key-info.ts"
import { decodePublicKeyInfo, encodePublicKeyInfo } from "../../main/crypto/formats/public-key-info.ts"
import { publicKeyOf } from "../../main/crypto/formats/public-key-of.ts"
import { asymmetricAlgorithms, sampleKey } from "./sample-keys.ts"

const invalid = expect.objectContaining({ code: "INVALID_INPUT" })

test.for(asymmetricAlgorithms)(
  "%s: taken apart and put together, a private key is the same bytes",
  async (algorithm) => {
    using material = await sampleKey(algorithm)
    const decoded = decodePrivateKeyInfo(material.bytes)
    expect(decoded.algorithm).toBe(algorithm)
    expect(encodePrivateKeyInfo(decoded.parts)).toEqual(material.bytes)
  },
)

test.for(asymmetricAlgorithms)("%s: the public key is the one Node finds", async (algorithm) => {
  using material = await sampleKey(algorithm)
  const expected = createPublicKey(createPrivateKey({ key: Buffer.from(material.bytes), format: "der", type: "pkcs8" }))
  const spki = publicKeyOf(material.bytes)
  expect(Buffer.from(spki)).toEqual(expected.export({ format: "der", type: "spki" }))
  const decoded = decodePublicKeyInfo(spki)
  expect(decoded.algorithm).toBe(algorithm)
  expect(encodePublicKeyInfo(decoded.parts)).toEqual(spki)
})

test.for(asymmetricAlgorithms)("%s: a byte too many or too few is refused", async (algorithm) => {
  using material = await sampleKey(algorithm)
  expect(() => decodePrivateKeyInfo(Buffer.concat([material.bytes, Buffer.of(0)]))).toThrow(invalid)
  expect(() => decodePrivateKeyInfo(material.bytes.subarray(0, -1))).toThrow(invalid)
})

/** RFC 8410, section 10.3: an Ed25519 key without, and with, attributes and its public key. */
const rfc8410 = {
  plain: "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC",
  full:
    "MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhCoB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJz" +
    "gSEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=",
  spki: "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=",
}

test("both forms of RFC 8410's example are the same key, with its public key", () => {
  const plain = Buffer.from(rfc8410.plain, "base64")
  const full = decodePrivateKeyInfo(Buffer.from(rfc8410.full, "base64"))
  expect(Buffer.from(encodePrivateKeyInfo(full.parts))).toEqual(plain)
  expect(Buffer.from(publicKeyOf(plain)).toString("base64")).toBe(rfc8410.spki)
})

test("a public key beside the private one that is of another key is refused", () => {
  const der = Buffer.from(rfc8410.full, "base64")
  der[der.length - 1] = (der.at(-1) ?? 0) ^ 1
  expect(() => decodePrivateKeyInfo(der)).toThrow("the public key is of another private key")
})

test("an embedded public point of another key is refused", async () => {
  using material = await sampleKey("ec-p256")
  using other = await sampleKey("ec-p384")
  const { parts } = decodePrivateKeyInfo(material.bytes)
  if (parts.kind !== "ec") throw new Error("not an EC key")
  const own = publicKeyOf(material.bytes)
  const negated = new Uint8Array(parts.publicPoint)
  // -P is on the curve as well: y becomes p - y, here by way of the compressed form with the other parity.
  const compressed = Uint8Array.of((negated.at(-1) ?? 0) % 2 === 0 ? 3 : 2, ...negated.subarray(1, 33))
  const publicKeyTag = contextTag(1, "constructed")
  const tampered = pkcs8(
    [derObjectIdentifier(objectIdentifier.ecPublicKey), derObjectIdentifier(objectIdentifier.secp256r1)],
    derSequence(derSmallInteger(1), derOctetString(parts.d), derElement(publicKeyTag, derBitString(compressed))),
  )
  expect(() => publicKeyOf(tampered)).toThrow("the public key is of another private key")
  expect(publicKeyOf(other.bytes)).not.toEqual(own)
})

function pkcs8(algorithm: DerValue[], privateKey: DerValue, version = 0): Uint8Array {
  return encodeDer(derSequence(derSmallInteger(version), derSequence(...algorithm), derOctetString(privateKey)))
}

test("an EC key without its public point gets it, and a compressed one is written uncompressed", async () => {
  using material = await sampleKey("ec-secp256k1")
  const { parts } = decodePrivateKeyInfo(material.bytes)
  if (parts.kind !== "ec") throw new Error("not an EC key")
  const compressed = Uint8Array.of(
    (parts.publicPoint.at(-1) ?? 0) % 2 === 0 ? 2 : 3,
    ...parts.publicPoint.subarray(1, 33),
  )
  const algorithm = [derObjectIdentifier(objectIdentifier.ecPublicKey), derObjectIdentifier(objectIdentifier.secp256k1)]
  const fields = [derSmallInteger(1), derOctetString(parts.d)]
  const without = derSequence(...fields)
  const short = derSequence(...fields, derElement(contextTag(1, "constructed"), derBitString(compressed)))
  for (const privateKey of [without, short]) {
    expect(encodePrivateKeyInfo(decodePrivateKeyInfo(pkcs8(algorithm, privateKey)).parts)).toEqual(material.bytes)
  }
})

const ec = derObjectIdentifier(objectIdentifier.ecPublicKey)
const p256 = derObjectIdentifier(objectIdentifier.secp256r1)
const scalar = (octets: number[]): DerValue => derSequence(derSmallInteger(1), derOctetString(Uint8Array.from(octets)))
const groupOrder = Buffer.from("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", "hex")

test.for([
  ["a scalar of 0", pkcs8([ec, p256], scalar(Array(32).fill(0)))],
  ["a scalar of the group's order", pkcs8([ec, p256], scalar([...groupOrder]))],
  ["a scalar without its leading zeros", pkcs8([ec, p256], scalar(Array(31).fill(1)))],
  ["a scalar with a zero too many", pkcs8([ec, p256], scalar([0, ...Array(32).fill(1)]))],
  ["a curve that is not supported", pkcs8([ec, derObjectIdentifier("1.3.132.0.33")], scalar(Array(28).fill(1)))],
  ["a curve spelled out", pkcs8([ec, derSequence()], scalar(Array(32).fill(1)))],
  ["no curve", pkcs8([ec], scalar(Array(32).fill(1)))],
  [
    "two different curves",
    pkcs8(
      [ec, p256],
      derSequence(
        derSmallInteger(1),
        derOctetString(new Uint8Array(32).fill(1)),
        derElement(0xa0, derObjectIdentifier(objectIdentifier.secp256k1)),
      ),
    ),
  ],
  ["another version", pkcs8([ec, p256], scalar(Array(32).fill(1)), 2)],
  ["RSA without NULL", pkcs8([derObjectIdentifier(objectIdentifier.rsaEncryption)], derSequence())],
  ["RSA for PSS only", pkcs8([derObjectIdentifier(objectIdentifier.rsassaPss)], derSequence())],
  [
    "Ed25519 with parameters",
    pkcs8([derObjectIdentifier(objectIdentifier.ed25519), derNull()], derOctetString(new Uint8Array(32))),
  ],
  ["Ed25519 of 31 bytes", pkcs8([derObjectIdentifier(objectIdentifier.ed25519)], derOctetString(new Uint8Array(31)))],
  ["Ed448", pkcs8([derObjectIdentifier("1.3.101.113")], derOctetString(new Uint8Array(57)))],
] as const)("%s is refused", ([, der]) => {
  expect(() => decodePrivateKeyInfo(der)).toThrow(invalid)
})

test.for(["p256", "p384", "p521", "secp256k1"] as const)("%s: a public point off the curve is refused", (curve) => {
  const size = { p256: 32, p384: 48, p521: 66, secp256k1: 32 }[curve]
  const publicPoint = new Uint8Array(1 + 2 * size).fill(1)
  publicPoint[0] = 4
  const spki = encodePublicKeyInfo({ kind: "ec", curve, publicPoint })
  expect(() => decodePublicKeyInfo(spki)).toThrow("not a point on the curve")
})

test.for([[1024], [2047], [2056], [8192]])("an RSA modulus of %i bits is refused, and the size named", ([bits = 0]) => {
  const n = new Uint8Array(Math.ceil(bits / 8)).fill(0xff)
  n[0] = 0xff >> ((8 - (bits % 8)) % 8)
  const spki = encodePublicKeyInfo({ kind: "rsa", n, e: Uint8Array.of(1, 0, 1) })
  expect(() => decodePublicKeyInfo(spki)).toThrow(`an RSA key of ${bits} bits`)
})
