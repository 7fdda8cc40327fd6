import { expect, test } from "vitest"
import { exportPrivate } from "../../main/crypto/formats/export-key.ts"
import { exportPublic } from "../../main/crypto/formats/export-public-key.ts"
import { importKeys } from "../../main/crypto/formats/import-key.ts"
import { publicKeyOf } from "../../main/crypto/formats/public-key-of.ts"
import { isEncryptedFormat, isOpenFormat } from "../../main/domain/key-format.ts"
import { Secret } from "../../main/domain/secret.ts"
import { type Algorithm, KeyAlgorithm, KeyFormat } from "../../preload/contract/values.ts"
import {
  asymmetricAlgorithms,
  classicalAlgorithms,
  passphrase,
  postQuantumAlgorithms,
  sampleKey,
  signingAlgorithms,
  symmetricAlgorithms,
} from "./sample-keys.ts"

const curves = ["ec-p256", "ec-p384", "ec-p521", "ec-secp256k1", "ed25519", "x25519"] as const
const jsonWebKeys = [...classicalAlgorithms, "ml-dsa-44", "ml-dsa-65", "ml-dsa-87", ...symmetricAlgorithms] as const

/** Which formats hold which algorithms. */
const held: Record<Exclude<KeyFormat, "spki-pem">, readonly Algorithm[]> = {
  "pkcs8-pem": asymmetricAlgorithms,
  "pkcs8-der": asymmetricAlgorithms,
  "pkcs8-encrypted": asymmetricAlgorithms,
  openssh: ["rsa-2048", "rsa-3072", "rsa-4096", "ec-p256", "ec-p384", "ec-p521", "ed25519"],
  "openssh-encrypted": ["rsa-2048", "rsa-3072", "rsa-4096", "ec-p256", "ec-p384", "ec-p521", "ed25519"],
  pkcs12: signingAlgorithms,
  jwk: jsonWebKeys,
  jwe: jsonWebKeys,
  openpgp: ["rsa-2048", "rsa-3072", "rsa-4096", "ec-p256", "ec-p384", "ec-p521", "ed25519"],
  raw: [...symmetricAlgorithms, ...curves, ...postQuantumAlgorithms, "secret"],
  hex: [...symmetricAlgorithms, ...curves, ...postQuantumAlgorithms, "secret"],
  age: ["x25519", "secret"],
}
/** Under bcrypt, which takes a second each, one of each kind is enough here; ssh-keygen is asked about all of them. */
const slow: readonly Algorithm[] = ["rsa-3072", "rsa-4096", "ec-p384", "ec-p521"]
const privateFormats = KeyFormat.exclude(["spki-pem"]).options
const createdAt = "2024-05-06T07:08:09.123Z"

test.for(privateFormats)(
  "%s: what it holds comes back the same; what it can't hold is refused",
  { timeout: 120_000 },
  async (format) => {
    using secret = isEncryptedFormat(format) ? passphrase("a passphrase") : null
    for (const algorithm of KeyAlgorithm.options) {
      if (format === "openssh-encrypted" && slow.includes(algorithm)) continue
      using material = await sampleKey(algorithm)
      const exported = exportPrivate({ algorithm, material, comment: "a name", createdAt }, format, secret)
      if (!held[format].includes(algorithm)) {
        await expect(exported).rejects.toMatchObject({ code: "INVALID_INPUT" })
        continue
      }
      using file = await exported
      const imported = await importKeys(file.bytes, { format, passphrase: secret, algorithm })
      expect(imported).toMatchObject({ format, keys: [{ algorithm, material }] })
      const named = ["jwk", "jwe", "pkcs12", "openssh", "openssh-encrypted", "openpgp", "age"]
      if (named.includes(format) && algorithm !== "secret") expect(imported.keys[0]?.comment).toBe("a name")
    }
  },
)

test("age and openpgp can be either, encrypted or not; every other format is one of them", () => {
  expect(privateFormats.filter((format) => isOpenFormat(format) === isEncryptedFormat(format))).toEqual([
    "openpgp",
    "age",
  ])
})

const oneWayFormats = privateFormats.filter((format) => !isOpenFormat(format) || !isEncryptedFormat(format))
test.for(oneWayFormats)("%s: a passphrase is for encrypted formats, and only for them", async (format) => {
  using material = await sampleKey("ed25519")
  using wrongWay = isEncryptedFormat(format) ? null : passphrase("x")
  const exported = exportPrivate({ algorithm: "ed25519", material, comment: null }, format, wrongWay)
  await expect(exported).rejects.toThrow(/needs a passphrase|takes no passphrase/)
})

test("openpgp is encrypted when there is a passphrase", async () => {
  using material = await sampleKey("ed25519")
  using secret = passphrase("x")
  const key = { algorithm: "ed25519", material, comment: null, createdAt } as const
  using plain = await exportPrivate(key, "openpgp", null)
  using encrypted = await exportPrivate(key, "openpgp", secret)
  await expect(importKeys(plain.bytes, { format: "openpgp", passphrase: null })).resolves.toBeDefined()
  await expect(importKeys(encrypted.bytes, { format: "openpgp", passphrase: null })).rejects.toThrow("encrypted")
})

test("an empty passphrase protects nothing and is refused", async () => {
  using material = await sampleKey("ed25519")
  using empty = new Secret(new Uint8Array())
  const exported = exportPrivate({ algorithm: "ed25519", material, comment: null }, "pkcs8-encrypted", empty)
  await expect(exported).rejects.toThrow("needs a passphrase")
})

test("a private key does not leave as spki-pem", async () => {
  using material = await sampleKey("ed25519")
  await expect(exportPrivate({ algorithm: "ed25519", material, comment: null }, "spki-pem", null)).rejects.toThrow(
    "public keys only",
  )
})

test("a public key leaves as openpgp only with a certificate, which its private key makes", async () => {
  using material = await sampleKey("ed25519")
  const key = { algorithm: "ed25519", publicKey: publicKeyOf(material.bytes), comment: null } as const
  expect(() => exportPublic(key, "openpgp")).toThrow("the key has no certificate yet")
})

test("the public forms hold no private value", async () => {
  const secretMembers = ["d", "p", "q", "dp", "dq", "qi", "k", "priv"]
  for (const algorithm of ["rsa-2048", "ec-p256", "ed25519", "ml-dsa-44"] as const) {
    using material = await sampleKey(algorithm)
    const key = { algorithm, publicKey: publicKeyOf(material.bytes), comment: "c" }
    const members: object = JSON.parse(Buffer.from(exportPublic(key, "jwk")).toString())
    expect(Object.keys(members).filter((name) => secretMembers.includes(name))).toEqual([])
    if (algorithm === "ml-dsa-44") continue
    expect(Buffer.from(exportPublic(key, "openssh")).toString()).toMatch(
      /^(ssh|ecdsa)-[a-z0-9-]+ [A-Za-z0-9+/]+=* c\n$/,
    )
  }
})

test("a name with a line break can't add a line to authorized_keys", async () => {
  using material = await sampleKey("ed25519")
  const key = {
    algorithm: "ed25519",
    publicKey: publicKeyOf(material.bytes),
    comment: "a\nssh-rsa AAAA b\r\u2028",
  } as const
  expect(Buffer.from(exportPublic(key, "openssh")).toString()).toMatch(/ a ssh-rsa AAAA b\n$/)
})

test("what is exported twice is encrypted differently", async () => {
  using material = await sampleKey("ed25519")
  using secret = passphrase("x")
  const key = { algorithm: "ed25519", material, comment: null, createdAt } as const
  for (const format of ["pkcs8-encrypted", "openssh-encrypted", "pkcs12", "jwe"] as const) {
    using first = await exportPrivate(key, format, secret)
    using second = await exportPrivate(key, format, secret)
    expect(first.bytes).not.toEqual(second.bytes)
  }
})
