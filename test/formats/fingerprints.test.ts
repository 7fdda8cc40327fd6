import { createHash } from "node:crypto"
import { expect, test } from "vitest"
import { opensshFingerprint, spkiFingerprint } from "../../main/crypto/formats/fingerprints.ts"
import { publicKeyOf } from "../../main/crypto/formats/public-key-of.ts"
import { asymmetricAlgorithms, sampleKey } from "./sample-keys.ts"

test.for(asymmetricAlgorithms)(
  "%s: the fingerprint is SHA-256 over the public key, in base64 with padding",
  async (algorithm) => {
    using material = await sampleKey(algorithm)
    const spki = publicKeyOf(material.bytes)
    expect(spkiFingerprint(spki)).toBe(`SHA256:${createHash("sha256").update(spki).digest("base64")}`)
    expect(spkiFingerprint(spki)).toMatch(/^SHA256:[A-Za-z0-9+/]{43}=$/)
  },
)

test.for(["x25519", "ec-secp256k1", "ml-kem-768", "ml-dsa-65", "slh-dsa-sha2-128s"] as const)(
  "%s has no SSH fingerprint",
  async (algorithm) => {
    using material = await sampleKey(algorithm)
    expect(opensshFingerprint(publicKeyOf(material.bytes))).toBeNull()
  },
)

test.for(["rsa-2048", "ec-p384", "ed25519"] as const)("%s: the SSH fingerprint has no padding", async (algorithm) => {
  using material = await sampleKey(algorithm)
  expect(opensshFingerprint(publicKeyOf(material.bytes))).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/)
})
