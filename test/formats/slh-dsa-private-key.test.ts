import { createPrivateKey, createPublicKey } from "node:crypto"
import { expect, test } from "vitest"
import { contextTag } from "../../main/crypto/asn1/der-tag.ts"
import {
  derBitString,
  derElement,
  derObjectIdentifier,
  derOctetString,
  derSequence,
  derSmallInteger,
  encodeDer,
} from "../../main/crypto/asn1/der-writer.ts"
import { decodePrivateKeyInfo } from "../../main/crypto/formats/private-key-info.ts"
import { decodePublicKeyInfo } from "../../main/crypto/formats/public-key-info.ts"
import { slhDsaAlgorithms, slhDsaSets } from "../../main/crypto/post-quantum/parameter-sets.ts"
import { onlyKeyIn, sampleKey } from "./sample-keys.ts"

const patience = { timeout: 60_000 }

test.for(slhDsaAlgorithms)(
  "%s: OpenSSL 3.5 reads our PKCS#8 as the same key, and we its",
  patience,
  async (algorithm) => {
    using material = await sampleKey(algorithm)
    const theirs = createPrivateKey({ key: Buffer.from(material.bytes), format: "der", type: "pkcs8" })
    expect(theirs.asymmetricKeyType).toBe(algorithm)
    const key = await onlyKeyIn(Buffer.from(theirs.export({ format: "pem", type: "pkcs8" })))
    expect(key.material.bytes).toEqual(material.bytes)
    expect(Buffer.from(key.publicKey ?? [])).toEqual(createPublicKey(theirs).export({ format: "der", type: "spki" }))
  },
)

test.for(slhDsaAlgorithms)(
  "%s: a root that is not that of the tree is refused, which OpenSSL does not look at",
  patience,
  async (algorithm) => {
    using material = await sampleKey(algorithm)
    const quarter = slhDsaSets[algorithm].privateKeySize / 4
    // In the root, in PK.seed and in SK.seed; SK.prf bears on no tree.
    for (const fromEnd of [1, quarter + 1, 4 * quarter]) {
      const changed = new Uint8Array(material.bytes)
      const at = changed.length - fromEnd
      changed[at] = (changed[at] ?? 0) ^ 1
      await expect(onlyKeyIn(changed)).rejects.toMatchObject({
        code: "INVALID_INPUT",
        detail: `${algorithm} key: the public key is of another private key`,
      })
    }
  },
)

test.for(slhDsaAlgorithms)("%s: a public key beside it must be its own", async (algorithm) => {
  using material = await sampleKey(algorithm)
  const { objectIdentifier, publicKeySize } = slhDsaSets[algorithm]
  const privateKey = material.bytes.subarray(-2 * publicKeySize)
  const identifier = derSequence(derObjectIdentifier(objectIdentifier))
  const withPublicKey = (publicKey: Uint8Array) => {
    const outer = derElement(contextTag(1, "primitive"), new Uint8Array(1), publicKey)
    return encodeDer(derSequence(derSmallInteger(1), identifier, derOctetString(privateKey), outer))
  }
  const own = privateKey.subarray(publicKeySize)
  expect(decodePrivateKeyInfo(withPublicKey(own)).algorithm).toBe(algorithm)
  expect(() => decodePrivateKeyInfo(withPublicKey(new Uint8Array(publicKeySize)))).toThrow("of another private key")
})

test.for(slhDsaAlgorithms)("%s: a private key of another size, or in ASN.1 of its own, is refused", (algorithm) => {
  const { objectIdentifier, privateKeySize } = slhDsaSets[algorithm]
  const identifier = derSequence(derObjectIdentifier(objectIdentifier))
  for (const size of [0, privateKeySize / 2, privateKeySize - 1, privateKeySize + 1]) {
    const key = derOctetString(new Uint8Array(size))
    expect(() => decodePrivateKeyInfo(encodeDer(derSequence(derSmallInteger(0), identifier, key)))).toThrow(
      `not ${privateKeySize} bytes`,
    )
  }
  const wrapped = derOctetString(derOctetString(new Uint8Array(privateKeySize)))
  expect(() => decodePrivateKeyInfo(encodeDer(derSequence(derSmallInteger(0), identifier, wrapped)))).toThrow("not")
})

test.for(slhDsaAlgorithms)("%s: a public key of another size is refused", (algorithm) => {
  const { objectIdentifier, publicKeySize } = slhDsaSets[algorithm]
  const identifier = derSequence(derObjectIdentifier(objectIdentifier))
  for (const size of [0, publicKeySize - 1, publicKeySize + 1]) {
    const spki = encodeDer(derSequence(identifier, derBitString(new Uint8Array(size))))
    expect(() => decodePublicKeyInfo(spki)).toThrow(`not ${publicKeySize} bytes`)
  }
})

test("SLH-DSA with a hash or a size that is not supported is refused with the reason", () => {
  // Of the twelve parameter sets of FIPS 205 these are the next ones: SHA2-128f and SHAKE-128s.
  for (const other of ["2.16.840.1.101.3.4.3.21", "2.16.840.1.101.3.4.3.26"]) {
    const identifier = derSequence(derObjectIdentifier(other))
    const file = encodeDer(derSequence(derSmallInteger(0), identifier, derOctetString(new Uint8Array(64))))
    expect(() => decodePrivateKeyInfo(file)).toThrow("the key's algorithm is not supported")
  }
})
