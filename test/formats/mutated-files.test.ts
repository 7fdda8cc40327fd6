import { createPrivateKey } from "node:crypto"
import { readFileSync } from "node:fs"
import fc from "fast-check"
import { CompactEncrypt } from "jose"
import { beforeAll, expect, test } from "vitest"
import { passphraseRecipient } from "../../main/crypto/age/scrypt-stanza.ts"
import { exportPrivate } from "../../main/crypto/formats/export-key.ts"
import { importKeys } from "../../main/crypto/formats/import-key.ts"
import type { Secret } from "../../main/domain/secret.ts"
import { VaultError } from "../../main/domain/vault-error.ts"
import type { Algorithm } from "../../preload/contract/values.ts"
import { encrypted } from "../age/read-all.ts"
import { processorMs } from "../support/processor-time.ts"
import { damage, damaged } from "./damage.ts"
import { found, onlyKeyIn, passphrase, sampleKey } from "./sample-keys.ts"

/** Longest an import may take, whatever the file (T46). */
const limitMs = 5000

interface Sample {
  readonly file: Uint8Array
  readonly material: Uint8Array
  readonly secret: string
}

const samples = new Map<string, Sample>()
const secretOfVectors = "pässwörd"

/** What Node and we write. Ed25519 only where its public key stands beside the seed: without, any 32 bytes are a key and no damage shows. */
const written = [
  ["rsa-2048", "pkcs8-pem"],
  ["rsa-2048", "openssh"],
  ["rsa-2048", "jwk"],
  ["ec-p256", "pkcs8-der"],
  ["ec-p256", "openssh"],
  ["ec-p521", "jwk"],
  ["ec-secp256k1", "pkcs8-pem"],
  ["ed25519", "openssh"],
  ["x25519", "jwk"],
  ["ml-dsa-44", "jwk"],
  ["x25519", "age"],
] as const
const converted = [
  ["rsa-2048", "pkcs1"],
  ["ec-p384", "sec1"],
] as const

/** OpenSSL writes the seed and the expanded key beside each other: each damage shows. */
const inBothForms = ["ml-kem-512", "ml-dsa-44"] as const

/** What other programs wrote, with few rounds. */
const vectors = [
  "pkcs12/chain.p12",
  "pkcs12/3des-and-rc2-40.p12",
  "pkcs12/no-mac.p12",
  "pkcs12/open.p12",
  "pkcs8-pbes1/PBE-SHA1-RC2-128.pem",
  "legacy-pem/ec-aes128.pem",
  "putty/ed25519.ppk",
  "putty/p256-argon2i.ppk",
  "putty/rsa-version-2.ppk",
]
const names = [
  ...[...written, ...converted].map(([algorithm, format]) => `${algorithm} in ${format}`),
  "ec-p256 in pkcs8-encrypted",
  "rsa-2048 in pkcs8-encrypted",
  ...inBothForms.map((algorithm) => `${algorithm} in both forms`),
  "ec-p256 in jwe",
  "ec-p256 in pem with text and certificates",
  ...vectors,
]

/** RSA has its primes tested, which takes 40 ms; certificates have their signatures checked, and old encryption takes thousands of rounds. */
const slow = /rsa|chain|certificates|pbes1/

beforeAll(async () => {
  for (const [algorithm, format] of written) {
    using material = await sampleKey(algorithm)
    using file = await exportPrivate({ algorithm, material, comment: "a name" }, format, null)
    keep(`${algorithm} in ${format}`, file.bytes, material)
  }
  for (const [algorithm, type] of converted) {
    using material = await sampleKey(algorithm)
    keep(`${algorithm} in ${type}`, nodeKey(material).export({ format: "der", type }), material)
  }
  for (const algorithm of inBothForms) {
    using material = await sampleKey(algorithm)
    keep(`${algorithm} in both forms`, nodeKey(material).export({ format: "der", type: "pkcs8" }), material)
  }
  for (const algorithm of ["ec-p256", "rsa-2048"] as const satisfies Algorithm[]) {
    using material = await sampleKey(algorithm)
    const protection = { type: "pkcs8", cipher: "aes-128-cbc", passphrase: "one round" } as const
    keep(`${algorithm} in pkcs8-encrypted`, nodeKey(material).export({ format: "der", ...protection }), material)
  }
  for (const name of vectors) await keepAsRead(name, vector(name))
  await keepAsRead(
    "ec-p256 in pem with text and certificates",
    Buffer.concat([Buffer.from("Bag Attributes\n"), vector("pkcs12/leaf.key.pem"), vector("pkcs12/certificates.pem")]),
  )
  await keepAsRead("ec-p256 in jwe", await jsonWebEncryption())
})

function vector(name: string): Buffer {
  return readFileSync(new URL(`../vectors/${name}`, import.meta.url))
}

/** With a thousand rounds: what we write ourselves has too many for this. */
async function jsonWebEncryption(): Promise<Uint8Array> {
  using material = await sampleKey("ec-p256")
  using jwk = await exportPrivate({ algorithm: "ec-p256", material, comment: null }, "jwk", null)
  const text = await new CompactEncrypt(jwk.bytes)
    .setKeyManagementParameters({ p2c: 1000 })
    .setProtectedHeader({ alg: "PBES2-HS256+A128KW", enc: "A128CBC-HS256" })
    .encrypt(Buffer.from(secretOfVectors))
  return Buffer.from(text)
}

/** That each is read as it should be is proven where its format is tested. */
async function keepAsRead(name: string, file: Uint8Array): Promise<void> {
  using secret = passphrase(secretOfVectors)
  const { material } = await onlyKeyIn(file, secret)
  keep(name, file, material, secretOfVectors)
}

function nodeKey(material: Secret) {
  return createPrivateKey({ key: Buffer.from(material.bytes), format: "der", type: "pkcs8" })
}

function keep(name: string, file: Uint8Array, material: Secret, secret = "one round"): void {
  samples.set(name, { file: new Uint8Array(file), material: new Uint8Array(material.bytes), secret })
}

/** Imports and gives the materials found, none where a VaultError says why; anything else thrown fails the test. */
async function materialsIn(file: Uint8Array, secret: Secret | null): Promise<Uint8Array[]> {
  const start = processorMs()
  try {
    const { keys } = await importKeys(file, { format: "auto", passphrase: secret })
    return found(keys).map(({ material }) => new Uint8Array(material.bytes))
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    expect(["INVALID_INPUT", "WRONG_PASSPHRASE"]).toContain(error.code)
    return []
  } finally {
    expect(processorMs() - start).toBeLessThan(limitMs)
  }
}

test.for(names)("%s, damaged: the same key or an error that says why", { timeout: 120_000 }, async (name) => {
  const sample = samples.get(name)
  if (sample === undefined) throw new Error("no such sample")
  using secret = passphrase(sample.secret)
  expect(await materialsIn(sample.file, secret)).toEqual([sample.material])
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (damages) => {
      const file = damages.reduce(damaged, sample.file)
      for (const material of await materialsIn(file, secret)) expect(material).toEqual(sample.material)
    }),
    { numRuns: slow.test(name) ? 300 : 2000 },
  )
})

test("an encrypted OpenSSH key, damaged behind its rounds: the same key or an error that says why", {
  timeout: 60_000,
}, async () => {
  const file = readFileSync(new URL("../vectors/openssh/ed25519-encrypted", import.meta.url))
  using secret = passphrase("one round")
  const { material } = await onlyKeyIn(file, secret)
  // Rounds that are damaged to a thousand are not refused, and take their time.
  const [head, tail] = [file.subarray(0, 180), file.subarray(180)]
  await fc.assert(
    fc.asyncProperty(damage, async (what) => {
      const found = await materialsIn(Buffer.concat([head, damaged(tail, what)]), secret)
      for (const each of found) expect(each).toEqual(material.bytes)
    }),
    { numRuns: 60 },
  )
})

test("an encrypted age identity, damaged behind its work factor: the same key or an error that says why", {
  timeout: 60_000,
}, async () => {
  using secret = passphrase("one round")
  using material = await sampleKey("x25519")
  using plain = await exportPrivate({ algorithm: "x25519", material, comment: null }, "age", null)
  const file = await encrypted(plain.bytes, [passphraseRecipient(secret.bytes, 4)])
  // A work factor that is damaged to twenty is not refused, and takes its time.
  const behind = Buffer.from(file).indexOf(" 4\n") + 3
  const [head, tail] = [file.subarray(0, behind), file.subarray(behind)]
  expect(await materialsIn(file, secret)).toEqual([material.bytes])
  await fc.assert(
    fc.asyncProperty(damage, async (what) => {
      const found = await materialsIn(Buffer.concat([head, damaged(tail, what)]), secret)
      for (const each of found) expect(each).toEqual(material.bytes)
    }),
    { numRuns: 500 },
  )
})

/** Beginnings that lead deep into a parser. */
const beginning = fc.constantFrom(
  Buffer.from("30820100020100300d06092a864886f70d010101", "hex"),
  Buffer.from("302e020100300506032b6570", "hex"),
  Buffer.from("3054020100300b060960864801650304040104428040", "hex"),
  Buffer.from("-----BEGIN PRIVATE KEY-----\n"),
  Buffer.from("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA"),
  Buffer.from('{"kty":"EC","crv":"P-256","d":"'),
  Buffer.from('{"kty":"AKP","alg":"ML-DSA-44","priv":"'),
  Buffer.from("# created: today\nAGE-SECRET-KEY-1"),
  Buffer.from("age-encryption.org/v1\n-> scrypt "),
  Buffer.from("-----BEGIN AGE ENCRYPTED FILE-----\n"),
  Buffer.from("308002010330800609", "hex"),
  Buffer.from("PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: "),
  Buffer.from('{"ciphertext":"","protected":"'),
  Buffer.alloc(0),
)

test("random bytes are an error that says why", { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(beginning, fc.uint8Array({ minLength: 1, maxLength: 500 }), async (start, random) => {
      expect(await materialsIn(Buffer.concat([start, random]), null)).toEqual([])
    }),
    { numRuns: 3000 },
  )
})

test("random bytes under an algorithm are a key or an error that says why", async () => {
  const algorithm = fc.constantFrom<Algorithm[]>(
    "aes-256",
    "ec-p256",
    "ed25519",
    "ml-dsa-65",
    "hmac-sha256",
    "secret",
    "rsa-2048",
  )
  const format = fc.constantFrom("auto", "raw", "hex")
  await fc.assert(
    fc.asyncProperty(algorithm, format, fc.uint8Array({ maxLength: 70 }), async (asked, form, file) => {
      await importKeys(file, { format: form, passphrase: null, algorithm: asked }).then(
        ({ keys }) => expect(keys).toMatchObject([{ algorithm: asked }]),
        (error: unknown) => expect(error).toMatchObject({ name: "VaultError", code: "INVALID_INPUT" }),
      )
    }),
    { numRuns: 2000 },
  )
})
