import { readFileSync } from "node:fs"
import fc from "fast-check"
import { expect, test } from "vitest"
import { decodeRecipient } from "../../main/crypto/age/recipient-text.ts"
import { describeCertificate } from "../../main/crypto/formats/certificate.ts"
import { exportPublic } from "../../main/crypto/formats/export-public-key.ts"
import { publicKeyOf } from "../../main/crypto/formats/public-key-of.ts"
import { readPublicKey } from "../../main/crypto/formats/read-public-key.ts"
import { VaultError } from "../../main/domain/vault-error.ts"
import { damage, damaged } from "./damage.ts"
import { sampleKey } from "./sample-keys.ts"

/** What reads it either does, or says why not; anything else thrown fails the test. */
function readOrRefused(read: () => unknown): void {
  try {
    read()
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    expect(error.code).toBe("INVALID_INPUT")
  }
}

function eachDamaged(file: Uint8Array, read: (file: Uint8Array) => unknown): void {
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
      readOrRefused(() => read(damages.reduce(damaged, file)))
    }),
    { numRuns: 2000 },
  )
}

test.for(["leaf.der", "issuer.der", "root.der"])(
  "the certificate %s, damaged: described, or an error that says why",
  (name) => {
    const der = readFileSync(new URL(`../vectors/pkcs12/${name}`, import.meta.url))
    expect(describeCertificate(der)).toBeDefined()
    eachDamaged(der, describeCertificate)
  },
)

test.for(["rsa-2048", "ec-p256", "ed25519", "x25519", "ml-kem-768", "ml-dsa-44"] as const)(
  "a public key of %s, damaged, in PEM and DER: a key, or an error that says why",
  async (algorithm) => {
    using material = await sampleKey(algorithm)
    const publicKey = publicKeyOf(material.bytes)
    const pem = exportPublic({ algorithm, publicKey, comment: null }, "spki-pem")
    for (const file of [publicKey, pem]) {
      expect(readPublicKey(file).algorithm).toBe(algorithm)
      eachDamaged(file, readPublicKey)
    }
  },
)

test("a recipient of age, damaged, is refused: its checksum finds what was mistyped", async () => {
  using material = await sampleKey("x25519")
  const key = { algorithm: "x25519", publicKey: publicKeyOf(material.bytes), comment: null } as const
  const text = Buffer.from(exportPublic(key, "age")).toString().trim()
  expect(decodeRecipient(text)).toBeDefined()
  fc.assert(
    fc.property(damage, (what) => {
      const other = Buffer.from(damaged(Buffer.from(text), what)).toString("latin1")
      if (other !== text) expect(() => decodeRecipient(other)).toThrow(VaultError)
    }),
    { numRuns: 2000 },
  )
})
