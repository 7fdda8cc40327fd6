import { createPublicKey, X509Certificate } from "node:crypto"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { exportPrivate } from "../../main/crypto/formats/export-key.ts"
import { importKeys } from "../../main/crypto/formats/import-key.ts"
import { publicKeyOf } from "../../main/crypto/formats/public-key-of.ts"
import { Secret } from "../../main/domain/secret.ts"
import type { Algorithm } from "../../preload/contract/values.ts"
import { found, onlyKeyIn, passphrase, sampleKey } from "../formats/sample-keys.ts"
import { isThere, run } from "./program.ts"

let folder = ""
let made = 0
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "claviger-pkcs12-"))
})
afterAll(() => rmSync(folder, { recursive: true }))

function path(): string {
  made += 1
  return join(folder, `file-${made}`)
}

function fileOf(content: Uint8Array | string): string {
  const file = path()
  writeFileSync(file, content, { mode: 0o600 })
  return file
}

/** Those that can sign a certificate of their own. */
const algorithms = ["rsa-2048", "ec-p256", "ec-p384", "ec-p521", "ec-secp256k1", "ed25519"] as const
const secret = "correct horse"

interface Exported {
  readonly file: string
  /** PKCS#8 DER, SubjectPublicKeyInfo DER */
  readonly material: Uint8Array
  readonly publicKey: Uint8Array
}

const exported = new Map<Algorithm, Exported>()

/** What we write, once for each algorithm: 1.8 million rounds take their time. */
async function written(algorithm: Algorithm): Promise<Exported> {
  const known = exported.get(algorithm)
  if (known !== undefined) return known
  using material = await sampleKey(algorithm)
  using owned = passphrase(secret)
  const key = { algorithm, material, comment: "a name", createdAt: "2026-11-22T12:00:00.000Z" }
  using file = await exportPrivate(key, "pkcs12", owned)
  const copy = {
    file: fileOf(file.bytes),
    material: new Uint8Array(material.bytes),
    publicKey: publicKeyOf(material.bytes),
  }
  exported.set(algorithm, copy)
  return copy
}

/** A key and a certificate of openssl's making, as files. */
function generated(algorithm: keyof typeof generation) {
  const key = path()
  const certificate = path()
  run("openssl", ["genpkey", "-algorithm", ...generation[algorithm], "-out", key])
  run("openssl", ["req", "-x509", "-key", key, "-out", certificate, "-subj", "/CN=test", "-days", "30"])
  const material = run("openssl", ["pkcs8", "-topk8", "-nocrypt", "-in", key, "-outform", "DER"])
  return { key, certificate, material, fingerprint: fingerprintOf(readFileSync(certificate)) }
}

const generation = {
  "rsa-2048": ["RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
  "ec-p256": ["EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
  ed25519: ["ED25519"],
} as const

function fingerprintOf(certificate: Uint8Array): string {
  return new X509Certificate(certificate).fingerprint256.replaceAll(":", "").toLowerCase()
}

async function expectRead(file: string, key: ReturnType<typeof generated>, password: string | null) {
  using owned = password === null ? null : passphrase(password)
  const { format, keys, warnings } = await importKeys(readFileSync(file), { format: "auto", passphrase: owned })
  expect(format).toBe("pkcs12")
  const [found, ...others] = keys
  expect(others).toEqual([])
  expect(found).toMatchObject({ attachments: [{ kind: "x509", fingerprint: key.fingerprint }] })
  expect(Buffer.from(found !== undefined && "material" in found ? found.material.bytes : [])).toEqual(key.material)
  using wrong = passphrase("something else")
  await expect(onlyKeyIn(readFileSync(file), wrong)).rejects.toMatchObject({ code: "WRONG_PASSPHRASE" })
  return warnings
}

const opensslWays = [
  ["its own choice", []],
  ["600,000 rounds", ["-iter", "600000"]],
  ["SHA-1 for the MAC", ["-macalg", "sha1"]],
  ["SHA-224 for the MAC", ["-macalg", "sha224"]],
  ["SHA-384 for the MAC", ["-macalg", "sha384"]],
  ["SHA-512 for the MAC", ["-macalg", "sha512"]],
  ["AES-128", ["-keypbe", "AES-128-CBC", "-certpbe", "AES-192-CBC"]],
] as const

test.for(opensslWays)("openssl with %s: we read what it writes", async ([, options]) => {
  const key = generated("ec-p256")
  const file = path()
  const names = ["-inkey", key.key, "-in", key.certificate, "-out", file]
  run("openssl", ["pkcs12", "-export", ...names, "-passout", "pass:pässwörd", ...options])
  expect(await expectRead(file, key, "pässwörd")).toEqual([])
})

const legacyWays = [
  ["its legacy choice", []],
  ["RC2 of 128 bits", ["-keypbe", "PBE-SHA1-RC2-128", "-certpbe", "PBE-SHA1-RC2-128"]],
  ["two-key triple DES", ["-keypbe", "PBE-SHA1-2DES", "-certpbe", "PBE-SHA1-RC2-40"]],
] as const

test.for(legacyWays)("openssl with %s: we read what it writes, with a warning", async ([, options], context) => {
  if (!hasLegacyProvider()) context.skip("openssl has no legacy provider here")
  const key = generated("rsa-2048")
  const file = path()
  const names = ["-inkey", key.key, "-in", key.certificate, "-out", file]
  run("openssl", ["pkcs12", "-export", "-legacy", ...names, "-passout", "pass:pässwörd", ...options])
  expect(await expectRead(file, key, "pässwörd")).toEqual([expect.stringContaining("old way")])
})

function hasLegacyProvider(): boolean {
  try {
    run("openssl", ["list", "-providers", "-provider", "legacy"])
    return true
  } catch {
    return false
  }
}

test.for(algorithms)("%s: openssl reads our file: the same key, its certificate, its name", async (algorithm) => {
  const { file, material } = await written(algorithm)
  const opened = run("openssl", ["pkcs12", "-in", file, "-passin", `pass:${secret}`, "-nodes"]).toString()
  expect(opened).toContain("friendlyName: a name")
  expect(run("openssl", ["pkcs8", "-topk8", "-nocrypt", "-outform", "DER"], opened)).toEqual(Buffer.from(material))
  const certificate = fileOf(run("openssl", ["x509"], opened))
  expect(run("openssl", ["verify", "-CAfile", certificate, certificate]).toString()).toContain("OK")
})

test("our file is AES-256 under 600,000 rounds of SHA-256, and so is the MAC, as openssl sees it", async () => {
  const { file } = await written("ec-p256")
  const text = run("sh", [
    "-c",
    'openssl pkcs12 -in "$1" -passin "$2" -info -noout 2>&1',
    "sh",
    file,
    `pass:${secret}`,
  ]).toString()
  expect(text).toContain("MAC: sha256, Iteration 600000")
  expect(text.match(/PBES2, PBKDF2, AES-256-CBC, Iteration 600000, PRF hmacWithSHA256/g)).toHaveLength(2)
})

const hasCerttool = isThere("certtool")
const certtoolWays = [
  ["AES-256", ["--pkcs-cipher", "aes-256"], secret],
  ["triple DES", ["--pkcs-cipher", "3des"], secret],
  ["no password", ["--null-password"], null],
  ["an empty password", ["--empty-password"], null],
] as const

test.skipIf(!hasCerttool).for(certtoolWays)(
  "certtool with %s: we read what it writes",
  async ([, options, password]) => {
    const key = generated("ec-p256")
    const file = path()
    const names = [
      "--load-privkey",
      fileOf(run("openssl", ["pkcs8", "-topk8", "-nocrypt", "-in", key.key])),
      "--load-certificate",
      key.certificate,
    ]
    const withPassword = password === null ? [] : ["--password", password]
    run("certtool", [
      "--to-p12",
      ...names,
      "--p12-name",
      "n",
      "--outder",
      "--outfile",
      file,
      ...options,
      ...withPassword,
    ])
    await expectRead(file, key, password)
  },
)

test.skipIf(!hasCerttool).for(algorithms.filter((algorithm) => algorithm !== "ec-secp256k1"))(
  "%s: certtool reads our file",
  async (algorithm) => {
    const { file, material } = await written(algorithm)
    const args = ["--p12-info", "--inder", "--infile", file, "--password", secret]
    const opened = run("certtool", args).toString()
    const [pem = ""] =
      /-----BEGIN (?:ENCRYPTED )?PRIVATE KEY-----[\s\S]*?-----END (?:ENCRYPTED )?PRIVATE KEY-----/.exec(opened) ?? []
    const der = run(
      "openssl",
      ["pkcs8", "-topk8", "-nocrypt", "-outform", "DER", "-passin", `pass:${secret}`],
      `${pem}\n`,
    )
    expect(der).toEqual(Buffer.from(material))
    expect(opened).toContain("BEGIN CERTIFICATE")
  },
)

const hasNss = isThere("pk12util") && isThere("certutil")

/** An NSS database of its own for each use. */
function nssDatabase(): string {
  const database = mkdtempSync(join(folder, "nss-"))
  run("certutil", ["-N", "-d", `sql:${database}`, "--empty-password"])
  return `sql:${database}`
}

const nssWays = [
  ["its own choice", [], []],
  ["AES-128", ["-c", "AES-128-CBC", "-C", "AES-128-CBC"], []],
  [
    "triple DES and RC2",
    ["-c", "PKCS #12 V2 PBE With SHA-1 And 3KEY Triple DES-CBC", "-C", "PKCS #12 V2 PBE With SHA-1 And 40 Bit RC2 CBC"],
    [expect.stringContaining("old way")],
  ],
] as const

test.skipIf(!hasNss).for(nssWays)("pk12util with %s: we read what it writes", async ([, options, warnings]) => {
  const key = generated("ec-p256")
  const database = nssDatabase()
  const names = ["-inkey", key.key, "-in", key.certificate, "-name", "nss name"]
  const source = fileOf(run("openssl", ["pkcs12", "-export", ...names, "-passout", "pass:x"]))
  run("pk12util", ["-i", source, "-d", database, "-W", "x"])
  const file = path()
  run("pk12util", ["-o", file, "-n", "nss name", "-d", database, "-W", "pässwörd", ...options])
  expect(await expectRead(file, key, "pässwörd")).toEqual(warnings)
})

/** NSS 3.87 has no Ed25519. */
test.skipIf(!hasNss).for(algorithms.filter((algorithm) => algorithm !== "ed25519"))(
  "%s: pk12util imports our file: the same key beside its certificate",
  async (algorithm) => {
    const { file, publicKey } = await written(algorithm)
    const database = nssDatabase()
    run("pk12util", ["-i", file, "-d", database, "-W", secret])
    const certificate = run("certutil", ["-L", "-d", database, "-n", "a name", "-a"])
    expect(new X509Certificate(certificate).publicKey.export({ format: "der", type: "spki" })).toEqual(
      createPublicKey({ key: Buffer.from(publicKey), format: "der", type: "spki" }).export({
        format: "der",
        type: "spki",
      }),
    )
    expect(run("certutil", ["-K", "-d", database]).toString()).toContain("a name")
  },
)

const hasKeytool = isThere("keytool")

const keytoolWays = [
  ["its own choice", [], []],
  ["its legacy choice", ["-J-Dkeystore.pkcs12.legacy"], [expect.stringContaining("old way")]],
] as const

test.skipIf(!hasKeytool).for(keytoolWays)(
  "keytool with %s: we read the keys that it generates",
  async ([, options, warnings]) => {
    const store = path()
    const common = [...options, "-storetype", "PKCS12", "-keystore", store, "-storepass", secret]
    run("keytool", [
      "-genkeypair",
      "-alias",
      "first",
      "-keyalg",
      "RSA",
      "-keysize",
      "2048",
      "-dname",
      "CN=first",
      ...common,
    ])
    run("keytool", [
      "-genkeypair",
      "-alias",
      "second",
      "-keyalg",
      "EC",
      "-groupname",
      "secp384r1",
      "-dname",
      "CN=second",
      ...common,
    ])
    using owned = passphrase(secret)
    const imported = await importKeys(readFileSync(store), { format: "auto", passphrase: owned })
    expect(imported).toMatchObject({
      warnings,
      keys: [
        { algorithm: "rsa-2048", comment: "first", attachments: [{}] },
        { algorithm: "ec-p384", comment: "second", attachments: [{}] },
      ],
    })
    for (const { comment, publicKey } of found(imported.keys)) {
      const certificate = run("keytool", ["-exportcert", "-rfc", "-alias", comment ?? "", ...common])
      expect(new X509Certificate(certificate).publicKey.export({ format: "der", type: "spki" })).toEqual(
        Buffer.from(publicKey ?? []),
      )
    }
  },
)

/** Java starts slowly: one of each kind. */
test.skipIf(!hasKeytool).for(["rsa-2048", "ec-p256", "ed25519"] as const)(
  "%s: keytool lists our file as a private key",
  async (algorithm) => {
    const { file } = await written(algorithm)
    const listed = run("keytool", [
      "-list",
      "-v",
      "-storetype",
      "PKCS12",
      "-keystore",
      file,
      "-storepass",
      secret,
    ]).toString()
    expect(listed).toContain("Entry type: PrivateKeyEntry")
    expect(listed).toContain("Alias name: a name")
    expect(listed).toContain("Owner: CN=a name")
  },
)

test.skipIf(!hasKeytool)("what keytool writes anew from our file is the same key", async () => {
  const { file, material } = await written("ec-p256")
  const store = path()
  const from = ["-srckeystore", file, "-srcstorepass", secret, "-srcstoretype", "PKCS12"]
  run("keytool", [
    "-importkeystore",
    ...from,
    "-destkeystore",
    store,
    "-deststorepass",
    "another one",
    "-deststoretype",
    "PKCS12",
  ])
  using owned = passphrase("another one")
  const key = await onlyKeyIn(readFileSync(store), owned)
  using expected = Secret.copyOf(material)
  expect(key).toMatchObject({ comment: "a name", material: expected })
})
