import { expect, test } from "vitest"
import { derOctetString } from "../../main/crypto/asn1/der-writer.ts"
import { exportPrivate } from "../../main/crypto/formats/export-key.ts"
import { exportPublic } from "../../main/crypto/formats/export-public-key.ts"
import { publicKeyOf } from "../../main/crypto/formats/public-key-of.ts"
import { latticeAlgorithms } from "../../main/crypto/post-quantum/parameter-sets.ts"
import { Secret } from "../../main/domain/secret.ts"
import { latticeSample, pkcs8 } from "./lattice-samples.ts"
import { passphrase, sampleKey } from "./sample-keys.ts"

test.for(latticeAlgorithms)(
  "%s: raw and hex are the seed; of a key without one they are refused",
  async (algorithm) => {
    const { seed, expanded } = await latticeSample(algorithm)
    using material = await sampleKey(algorithm)
    using raw = await exportPrivate({ algorithm, material, comment: null }, "raw", null)
    expect(Buffer.from(raw.bytes)).toEqual(Buffer.from(seed))
    using without = new Secret(pkcs8(algorithm, derOctetString(expanded)))
    for (const format of ["raw", "hex"] as const) {
      await expect(exportPrivate({ algorithm, material: without, comment: null }, format, null)).rejects.toMatchObject({
        code: "INVALID_INPUT",
        detail: `raw and hex hold the seed of a key of ${algorithm}; that of this one is not known`,
      })
    }
  },
)

test.for(["ml-kem-768", "slh-dsa-sha2-128s"] as const)("%s: jwk is refused with the reason", async (algorithm) => {
  using material = await sampleKey(algorithm)
  const refused = {
    code: "INVALID_INPUT",
    detail: `jwk has no form for a key of ${algorithm}: no standard defines one yet`,
  }
  await expect(exportPrivate({ algorithm, material, comment: null }, "jwk", null)).rejects.toMatchObject(refused)
  const publicKey = publicKeyOf(material.bytes)
  expect(() => exportPublic({ algorithm, publicKey, comment: null }, "jwk")).toThrow(refused.detail)
})

test.for(["ml-kem-768", "ml-dsa-65", "slh-dsa-sha2-128s"] as const)(
  "%s: openssh has no form, private or public",
  async (algorithm) => {
    using material = await sampleKey(algorithm)
    using secret = passphrase("x")
    const key = { algorithm, material, comment: null }
    const reason = `has no form for a key of ${algorithm}`
    await expect(exportPrivate(key, "openssh", null)).rejects.toThrow(`openssh ${reason}`)
    await expect(exportPrivate(key, "openssh-encrypted", secret)).rejects.toThrow(`openssh-encrypted ${reason}`)
    const publicKey = publicKeyOf(material.bytes)
    expect(() => exportPublic({ algorithm, publicKey, comment: null }, "openssh")).toThrow(`openssh ${reason}`)
  },
)
