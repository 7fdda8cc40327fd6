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
import { exportPrivate } from "../../main/crypto/formats/export-key.ts"
import { decodePrivateKeyInfo } from "../../main/crypto/formats/private-key-info.ts"
import { decodePublicKeyInfo } from "../../main/crypto/formats/public-key-info.ts"
import { publicKeyOf } from "../../main/crypto/formats/public-key-of.ts"
import { latticeAlgorithms, latticeSets } from "../../main/crypto/post-quantum/parameter-sets.ts"
import { bothForms, flipped, latticeSample, pkcs8, seedForm } from "./lattice-samples.ts"
import { onlyKeyIn, passphrase, sampleKey } from "./sample-keys.ts"

test.for(latticeAlgorithms)(
  "%s: seed, expanded key and both are read as one key; the seed is kept",
  async (algorithm) => {
    const { material, seed, expanded, publicKey } = await latticeSample(algorithm)
    for (const privateKey of [seedForm(seed), bothForms(seed, expanded)]) {
      for (const file of [pkcs8(algorithm, privateKey), pkcs8(algorithm, privateKey, publicKey)]) {
        const key = await onlyKeyIn(file)
        expect(key.algorithm).toBe(algorithm)
        expect(Buffer.from(key.material.bytes)).toEqual(Buffer.from(material))
        expect(key.publicKey).toEqual(publicKeyOf(material))
      }
    }
  },
)

test.for(latticeAlgorithms)(
  "%s: an expanded key alone is kept as it is, and has the same public key",
  async (algorithm) => {
    const { material, expanded } = await latticeSample(algorithm)
    const file = pkcs8(algorithm, derOctetString(expanded))
    const key = await onlyKeyIn(file)
    expect(Buffer.from(key.material.bytes)).toEqual(Buffer.from(file))
    expect(key.publicKey).toEqual(publicKeyOf(material))
  },
)

test.for(latticeAlgorithms)("%s: OpenSSL 3.5 reads each of our forms, and we its", async (algorithm) => {
  const { material, expanded } = await latticeSample(algorithm)
  for (const ours of [material, pkcs8(algorithm, derOctetString(expanded))]) {
    const theirs = createPrivateKey({ key: Buffer.from(ours), format: "der", type: "pkcs8" })
    expect(theirs.asymmetricKeyType).toBe(algorithm)
    const spki = createPublicKey(theirs).export({ format: "der", type: "spki" })
    expect(spki).toEqual(Buffer.from(publicKeyOf(material)))
    expect((await onlyKeyIn(theirs.export({ format: "der", type: "pkcs8" }))).material.bytes).toEqual(
      new Uint8Array(ours),
    )
  }
})

test("what OpenSSL 3.5 writes holds both forms, and is taken apart", async () => {
  using material = await sampleKey("ml-dsa-44")
  const theirs = createPrivateKey({ key: Buffer.from(material.bytes), format: "der", type: "pkcs8" })
  const written = theirs.export({ format: "der", type: "pkcs8" })
  expect(written.length).toBeGreaterThan(2560)
  expect((await onlyKeyIn(written)).material.bytes).toEqual(material.bytes)
})

test.for(latticeAlgorithms)("%s: OpenSSL 3.5 opens our encrypted PKCS#8, and we its", async (algorithm) => {
  using material = await sampleKey(algorithm)
  using secret = passphrase("pässwörd")
  using file = await exportPrivate({ algorithm, material, comment: null }, "pkcs8-encrypted", secret)
  const theirs = createPrivateKey({ key: Buffer.from(file.bytes), passphrase: "pässwörd" })
  const pem = theirs.export({ format: "pem", type: "pkcs8", cipher: "aes-256-cbc", passphrase: "pässwörd" })
  expect((await onlyKeyIn(Buffer.from(pem), secret)).material.bytes).toEqual(material.bytes)
})

test.for(latticeAlgorithms)("%s: a seed and an expanded key of two keys are refused", async (algorithm) => {
  const { seed, expanded } = await latticeSample(algorithm)
  const files = [bothForms(flipped(seed, 0), expanded)]
  // The last byte of ML-KEM is of the secret that stands in for a rejected one: nothing else in the key depends on it.
  for (const at of [0, 40, expanded.length - 1]) files.push(bothForms(seed, flipped(expanded, at)))
  for (const privateKey of files) {
    await expect(onlyKeyIn(pkcs8(algorithm, privateKey))).rejects.toMatchObject({
      code: "INVALID_INPUT",
      detail: `${algorithm} key: the seed and the expanded key are of two different keys`,
    })
  }
})

test.for(latticeAlgorithms)("%s: a public key beside it that is of another key is refused", async (algorithm) => {
  const { seed, expanded, publicKey } = await latticeSample(algorithm)
  for (const privateKey of [seedForm(seed), derOctetString(expanded)]) {
    const file = pkcs8(algorithm, privateKey, flipped(publicKey, publicKey.length - 1))
    await expect(onlyKeyIn(file)).rejects.toThrow("the public key is of another private key")
  }
})

test.for(latticeAlgorithms)("%s: a form of another size, or another form, is refused", async (algorithm) => {
  const { seed, expanded } = await latticeSample(algorithm)
  const wrong = [
    seedForm(seed.subarray(1)),
    seedForm(Buffer.concat([seed, Buffer.of(0)])),
    seedForm(new Uint8Array()),
    // What drafts had: the bytes of the seed, or of the key, without a tag of their own.
    seed,
    expanded,
    derOctetString(seed),
    derOctetString(expanded.subarray(1)),
    derElement(contextTag(0, "constructed"), derOctetString(seed)),
    derElement(contextTag(1, "primitive"), seed),
    bothForms(seed, expanded.subarray(1)),
    bothForms(seed.subarray(1), expanded),
    bothForms(expanded, seed),
    derSequence(derOctetString(seed)),
    derSequence(derOctetString(seed), derOctetString(expanded), derOctetString(seed)),
    derSequence(),
  ]
  for (const privateKey of wrong) {
    await expect(onlyKeyIn(pkcs8(algorithm, privateKey))).rejects.toMatchObject({ code: "INVALID_INPUT" })
  }
})

test.for(latticeAlgorithms)("%s: what has the wrong size is named, with the right one", async (algorithm) => {
  const { seed, expanded } = await latticeSample(algorithm)
  const { seedSize, expandedSize } = latticeSets[algorithm]
  const [short, cut] = [seedForm(seed.subarray(1)), derOctetString(expanded.subarray(1))]
  expect(() => decodePrivateKeyInfo(pkcs8(algorithm, short))).toThrow(
    `the seed of ${algorithm} is not ${seedSize} bytes`,
  )
  expect(() => decodePrivateKeyInfo(pkcs8(algorithm, cut))).toThrow(
    `the expanded key of ${algorithm} is not ${expandedSize} bytes`,
  )
})

test.for(latticeAlgorithms)("%s: a key that says it is of another parameter set is refused", async (algorithm) => {
  const { seed, expanded } = await latticeSample(algorithm)
  for (const other of latticeAlgorithms) {
    if (other === algorithm) continue
    const file = pkcs8(other, bothForms(seed, expanded))
    await expect(onlyKeyIn(file)).rejects.toMatchObject({ code: "INVALID_INPUT" })
  }
})

test.for(latticeAlgorithms)("%s: with parameters, which none of them has, a key is refused", async (algorithm) => {
  const { seed } = await latticeSample(algorithm)
  const identifier = derSequence(derObjectIdentifier(latticeSets[algorithm].objectIdentifier), derElement(5))
  const file = encodeDer(derSequence(derSmallInteger(0), identifier, derOctetString(seedForm(seed))))
  await expect(onlyKeyIn(file)).rejects.toMatchObject({ code: "INVALID_INPUT" })
})

test.for([
  ["ml-kem-512", 799],
  ["ml-kem-512", 801],
  ["ml-dsa-44", 1311],
  ["ml-dsa-87", 2593],
] as const)("%s: a public key of %i bytes is refused", ([algorithm, size]) => {
  const identifier = derSequence(derObjectIdentifier(latticeSets[algorithm].objectIdentifier))
  const spki = encodeDer(derSequence(identifier, derBitString(new Uint8Array(size))))
  expect(() => decodePublicKeyInfo(spki)).toThrow(`not ${latticeSets[algorithm].publicKeySize} bytes`)
})
