import { beforeAll, expect, test } from "vitest"
import { importKeys } from "../../main/crypto/formats/import-key.ts"
import type { ImportedKey } from "../../main/crypto/formats/imported-key.ts"
import { type OpenpgpExport, publicOpenpgp, writeOpenpgp } from "../../main/crypto/formats/openpgp/write-openpgp.ts"
import { dearmoured } from "../formats/openpgp-files.ts"
import { found, passphrase, sampleKey } from "../formats/sample-keys.ts"
import { GpgHome } from "./gpg-home.ts"

const secretText = "pässwörd"
const userId = "Ann <ann@example.org>"

async function imported(file: Uint8Array, secret: string | null = null) {
  using owned = secret === null ? null : passphrase(secret)
  return await importKeys(file, { format: "auto", passphrase: owned })
}

/** What came in, as the vault passes it on. */
function kept(keys: readonly ImportedKey[]): OpenpgpExport[] {
  return keys.map((key) => ({ ...key, createdAt: "2030-01-01T00:00:00Z", comment: "another name" }))
}

async function locked(keys: readonly OpenpgpExport[]): Promise<Uint8Array> {
  using owned = passphrase(secretText)
  return (await writeOpenpgp({ keys, passphrase: owned })).file.bytes
}

const withPassphrase = ["--passphrase", secretText]

/** A message signed by a key, as another keyring sees it. */
function verified(home: GpgHome, fingerprint: string): string {
  const signed = home.run([...withPassphrase, "--local-user", fingerprint, "--sign"], "a message")
  return home.said(["--verify"], signed)
}

const kinds = [
  ["ed25519", "sign,cert", "cv25519", ["ed25519", "x25519", "ed25519"]],
  ["nistp256", "sign,cert", "nistp256", ["ec-p256", "ec-p256", "ed25519"]],
  ["nistp384", "sign,cert", "nistp384", ["ec-p384", "ec-p384", "ed25519"]],
  ["nistp521", "sign,cert", "nistp521", ["ec-p521", "ec-p521", "ed25519"]],
  ["rsa2048", "sign,cert", "rsa3072", ["rsa-2048", "rsa-3072", "ed25519"]],
  ["rsa4096", "cert", "rsa2048", ["rsa-4096", "rsa-2048", "ed25519"]],
] as const

test.for(kinds)(
  "%s: gpg's key is read, plain and encrypted, with its subkeys and user ids, and goes back",
  async ([algorithm, usage, encryption, algorithms]) => {
    using home = new GpgHome()
    const fingerprint = home.generate(userId, algorithm, usage)
    home.addSubkey(fingerprint, encryption, "encr")
    home.addSubkey(fingerprint, "ed25519", "auth")
    home.run(["--quick-add-uid", fingerprint, "Ann Second <ann2@example.org>"])
    const certificate = new Uint8Array(home.run(["--export", fingerprint]))
    const plain = home.run(["--export-secret-keys", fingerprint])
    const { keys, format } = await imported(plain)
    expect(format).toBe("openpgp")
    expect(keys).toMatchObject(algorithms.map((name) => ({ algorithm: name })))
    expect(found(keys).map(({ purpose }) => purpose)).toEqual([
      "signature",
      encryption.startsWith("rsa") ? "encryption" : "key-agreement",
      "authentication",
    ])
    expect(found(keys).flatMap(({ attachments }) => attachments)).toEqual(
      home.keys().map((key) => ({ kind: "openpgp", content: certificate, fingerprint: key.fingerprint })),
    )
    const again = await writeOpenpgp({ keys: kept(found(keys)), passphrase: null })
    expect(dearmoured(again.file.bytes)).toEqual(new Uint8Array(plain))

    using other = new GpgHome()
    other.run([...withPassphrase, "--import"], await locked(kept(found(keys))))
    expect(other.keys()).toEqual(home.keys())
    expect(new Uint8Array(other.run(["--export", fingerprint]))).toEqual(certificate)
    const encrypted = other.run([...withPassphrase, "--armor", "--export-secret-keys", fingerprint])
    expect((await imported(encrypted, secretText)).keys).toEqual(keys)
    await expect(imported(encrypted, "password")).rejects.toMatchObject({ code: "WRONG_PASSPHRASE" })
    if (usage === "sign,cert") expect(verified(other, fingerprint)).toContain("Good signature")
    const sealed = home.run(["--trust-model", "always", "--recipient", fingerprint, "--encrypt"], "a letter")
    expect(other.run([...withPassphrase, "--decrypt"], sealed).toString()).toBe("a letter")
  },
)

const families = ["ed25519", "rsa-2048", "ec-p256", "ec-p384", "ec-p521"] as const

test.for(families)("%s: gpg takes a key that gets its certificate here, and signs with it", async (algorithm) => {
  using material = await sampleKey(algorithm)
  const key = {
    algorithm,
    material,
    attachments: [],
    createdAt: "2024-05-06T07:08:09Z",
    comment: userId,
    purpose: null,
  }
  using home = new GpgHome()
  home.run([...withPassphrase, "--import"], await locked([key]))
  const { attachments, file } = await publicOpenpgp(key)
  const [own] = attachments
  expect(home.keys(userId)).toEqual([{ fingerprint: own?.fingerprint, isStub: false }])
  expect(verified(home, own?.fingerprint ?? "none")).toContain(`Good signature from "${userId}"`)
  const signed = home.run([...withPassphrase, "--sign"], "a message")
  using other = new GpgHome()
  other.run(["--import"], file)
  expect(other.said(["--verify"], signed)).toContain("Good signature")
})

test("what gpg exports of a key that was made here is that key", async () => {
  using material = await sampleKey("ed25519")
  const fields = { attachments: [], createdAt: "2024-05-06T07:08:09Z", comment: userId, purpose: null }
  const { file, attachments } = await writeOpenpgp({
    keys: [{ ...fields, algorithm: "ed25519", material }],
    passphrase: null,
  })
  using home = new GpgHome()
  home.run(["--import"], file.bytes)
  expect((await imported(home.run(["--export-secret-keys"]))).keys).toMatchObject([{ material, attachments }])
})

test("what we encrypt is AES-256 under as many octets of SHA-256 as OpenPGP knows, as gpg sees it", async () => {
  using gpg = new GpgHome()
  const key = {
    algorithm: "ed25519",
    attachments: [],
    createdAt: "2024-05-06T07:08:09Z",
    comment: "Ann",
    purpose: null,
  } as const
  const file = await locked([{ ...key, material: await sampleKey("ed25519") }])
  const packets = gpg.run(["--list-packets"], file).toString()
  expect(packets).toMatch(/iter\+salt S2K, algo: 9, SHA1 protection, hash: 8/)
  expect(packets).toContain("protect count: 65011712 (255)")
})

test("a file of several keys gives all of them", async () => {
  using home = new GpgHome()
  for (const name of ["ann", "bob", "eve"])
    home.addSubkey(home.generate(name, "ed25519", "sign,cert"), "cv25519", "encr")
  const { keys } = await imported(home.run(["--armor", "--export-secret-keys"]))
  const fingerprints = found(keys).map(({ attachments }) => attachments[0]?.fingerprint)
  expect(fingerprints).toEqual(home.keys().map(({ fingerprint }) => fingerprint))
})

let home: GpgHome
let primary: string
let keys: OpenpgpExport[]
let stubbed: Uint8Array
beforeAll(async () => {
  home = new GpgHome()
  primary = home.generate(userId, "ed25519", "sign,cert")
  home.addSubkey(primary, "cv25519", "encr")
  home.addSubkey(primary, "ed25519", "sign")
  keys = kept(found((await imported(home.run(["--export-secret-keys"]))).keys))
  stubbed = home.run(["--export-secret-subkeys"])
  return () => home[Symbol.dispose]()
})

test("a stub that gpg wrote is refused with the reason; the subkeys are taken", async () => {
  const { keys: taken } = await imported(stubbed)
  expect(taken).toMatchObject([
    { refusal: { detail: expect.stringContaining("only a stub of it") } },
    { algorithm: "x25519" },
    { algorithm: "ed25519", purpose: "signature", comment: `${userId} (signing subkey)` },
  ])
})

test("subkeys without their primary key leave as gpg writes them itself", async () => {
  const { file } = await writeOpenpgp({ keys: keys.slice(1), passphrase: null })
  expect(dearmoured(file.bytes)).toEqual(new Uint8Array(stubbed))
})

test("one key alone: gpg has it, and knows the others to be elsewhere", async () => {
  for (const [index, key] of keys.entries()) {
    using other = new GpgHome()
    other.run([...withPassphrase, "--import"], await locked([key]))
    expect(other.keys()).toEqual(home.keys().map((each, at) => ({ ...each, isStub: at !== index })))
    const sealed = home.run(["--trust-model", "always", "--recipient", primary, "--encrypt"], "a letter")
    if (index === 1) expect(other.run([...withPassphrase, "--decrypt"], sealed).toString()).toBe("a letter")
  }
})

test("the public half is what gpg exports", async () => {
  const { file } = await publicOpenpgp({ ...(keys[1] ?? missing()), material: null })
  expect(dearmoured(file)).toEqual(new Uint8Array(home.run(["--export", primary])))
})

function missing(): never {
  throw new Error("no such key")
}

test("signatures of others and revoked user ids stay, and a revoked key is said to be", async () => {
  using here = new GpgHome()
  const mine = here.generate(userId, "ed25519", "sign,cert")
  const notary = here.generate("Notary", "rsa2048", "sign,cert")
  here.run(["--quick-add-uid", mine, "Old <old@example.org>"])
  here.run(["--yes", "--local-user", notary, "--quick-sign-key", mine])
  here.run(["--quick-revoke-uid", mine, "Old <old@example.org>"])
  const { keys: taken, warnings } = await imported(here.run(["--export-secret-keys", mine]))
  expect(found(taken)).toMatchObject([
    { comment: userId, attachments: [{ content: new Uint8Array(here.run(["--export", mine])) }] },
  ])
  expect(warnings).toEqual([])
  here.run(["--import"], here.revocationOf(mine))
  const { warnings: said } = await imported(here.run(["--export-secret-keys", mine]))
  expect(said).toEqual([`key ${mine.slice(-16)} is revoked`])
})

test("a key that expired long ago is taken, and it is said when", async () => {
  using here = new GpgHome()
  const past = ["--faked-system-time", "20200101T000000"]
  here.run([...past, "--passphrase", "", "--quick-gen-key", userId, "rsa2048", "sign,cert,encr", "30d"])
  const { keys: taken, warnings } = await imported(here.run(["--export-secret-keys"]))
  expect(taken).toMatchObject([{ algorithm: "rsa-2048", purpose: "signature" }])
  const [key] = here.keys()
  const name = `key ${key?.fingerprint.slice(-16)}`
  expect(warnings).toEqual([
    `${name} expires on 2020-01-31 in OpenPGP`,
    `${name} may do several jobs in OpenPGP, and gets one here`,
  ])
})

test.for([
  ["dsa2048", "DSA keys are not supported"],
  ["brainpoolP256r1", "the elliptic curve is not supported"],
  ["secp256k1", "the elliptic curve is not supported"],
  ["rsa1024", "an RSA key of 1024 bits"],
] as const)("%s is refused with the reason", async ([algorithm, reason]) => {
  using here = new GpgHome()
  here.generate(userId, algorithm, "sign,cert")
  await expect(imported(here.run(["--export-secret-keys"]))).rejects.toThrow(reason)
})

test("of several keys each that is refused is told by whose it is", async () => {
  using here = new GpgHome()
  here.generate("Ann <ann@example.org>", "ed25519", "sign,cert")
  here.generate("Bob <bob@example.org>", "brainpoolP256r1", "sign,cert")
  const { keys } = await imported(here.run(["--export-secret-keys"]))
  expect(keys.map(({ comment }) => comment).toSorted()).toEqual(["Ann <ann@example.org>", "Bob <bob@example.org>"])
  expect(keys.find((key) => "refusal" in key)).toMatchObject({ comment: "Bob <bob@example.org>" })
})

test("of a key with a subkey that is not supported the others are taken", async () => {
  using here = new GpgHome()
  const mine = here.generate(userId, "ed25519", "sign,cert")
  here.addSubkey(mine, "elg2048", "encr")
  const { keys: both } = await imported(here.run(["--export-secret-keys"]))
  expect(both).toMatchObject([
    { algorithm: "ed25519" },
    { refusal: { detail: expect.stringContaining("ElGamal keys are not supported") } },
  ])
})
