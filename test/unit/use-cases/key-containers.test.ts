import { X509Certificate } from "node:crypto"
import { readFileSync } from "node:fs"
import { readKey } from "openpgp"
import { afterEach, beforeEach, expect, test } from "vitest"
import { importKeys } from "../../../main/crypto/formats/import-key.ts"
import { Secret } from "../../../main/domain/secret.ts"
import { passphrase, TestVault } from "../../support/vaults.ts"

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create()
})

afterEach(() => vault[Symbol.dispose]())

function vector(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(`../../vectors/${name}`, import.meta.url)))
}

/** What a program of another's finds in an export. */
async function exported(name: string, format: "pkcs12" | "jwe" | "openpgp") {
  const protection = { kind: "encrypted", passphrase: passphrase("leaving") } as const
  const { exported: file } = await vault.ask("key.export", { name, format, protection })
  using secret = new Secret(passphrase("leaving"))
  return await importKeys(file, { format: "auto", passphrase: secret })
}

test("the certificates that came with a key leave with it", async () => {
  const filePassphrase = passphrase("pässwörd")
  await vault.ask("key.import", {
    name: "web",
    file: vector("pkcs12/chain.p12"),
    filePassphrase,
    exportable: "wrapped",
  })
  using secret = new Secret(passphrase("pässwörd"))
  const original = await importKeys(vector("pkcs12/chain.p12"), { format: "auto", passphrase: secret })
  const { format, keys } = await exported("web", "pkcs12")
  expect(format).toBe("pkcs12")
  expect(keys).toMatchObject([{ ...original.keys[0], comment: "web" }])
})

test("key show tells the certificates that are kept with a key, and never that they are valid", async () => {
  const filePassphrase = passphrase("pässwörd")
  await vault.ask("key.import", { name: "web", file: vector("pkcs12/chain.p12"), filePassphrase })
  const { certificates = [] } = await vault.ask("key.show", { name: "web" })
  const leaf = new X509Certificate(vector("pkcs12/leaf.der"))
  expect(certificates[0]).toEqual({
    version: 1,
    subject: 'CN=leaf é,O=Ann\\, Bob \\"& Co\\",C=DE',
    issuer: "CN=Test issuer",
    serial: leaf.serialNumber.toLowerCase(),
    notBefore: leaf.validFromDate.toISOString(),
    notAfter: leaf.validToDate.toISOString(),
    isSelfSigned: false,
    fingerprint: leaf.fingerprint256.replaceAll(":", "").toLowerCase(),
  })
  expect(certificates.map(({ isSelfSigned }) => isSelfSigned)).toEqual([false, false, true])
})

test("a key has the OpenPGP fingerprint of the certificate that it came with", async () => {
  await vault.ask("key.import", { name: "ann", file: vector("openpgp/v6-secret.asc") })
  const { fingerprints } = await vault.ask("key.show", { name: "ann" })
  expect(fingerprints?.openpgp).toBe("CB186C4F0609A697E4D52DFA6C722B0C1F1E27C18A56708F6525EC27BAD9ACC9")
})

test("a key without a certificate gets one when it first leaves as openpgp, and keeps it", async () => {
  await vault.generate("signer", { algorithm: "ec-p256", purpose: "signature" })
  const publicly = { name: "signer", format: "openpgp", protection: { kind: "public" } } as const
  const { exported } = await vault.ask("key.export", publicly)
  expect((await vault.ask("key.export", publicly)).exported).toEqual(exported)
  const { fingerprints } = await vault.ask("key.show", { name: "signer" })
  const certificate = await readKey({ armoredKey: Buffer.from(exported).toString() })
  expect(fingerprints?.openpgp).toBe(certificate.getFingerprint().toUpperCase())
  const { rows } = await vault.ask("audit.list", { key: "signer", action: "key.certify" })
  expect(rows).toMatchObject([{ detail: { version: 1, openpgp: fingerprints?.openpgp } }])
})

test("a key that may not sign gets no certificate", async () => {
  await vault.generate("signer", { algorithm: "ec-p256", purpose: "signature" })
  await vault.ask("key.suspend", { name: "signer", reason: "test" })
  const publicly = { name: "signer", format: "openpgp", protection: { kind: "public" } } as const
  expect(await vault.refusal("key.export", publicly)).toMatchObject({ code: "STATE_DENIED" })
  await vault.generate("agreeing", { algorithm: "x25519", purpose: "key-agreement" })
  expect(await vault.refusal("key.export", { ...publicly, name: "agreeing" })).toMatchObject({ code: "POLICY_DENIED" })
})

test.for(["pkcs12", "jwe", "openpgp"] as const)(
  "%s: a key that is never to leave in the clear may leave so",
  async (format) => {
    await vault.generate("mine", { algorithm: "ec-p256", purpose: "signature", exportable: "wrapped" })
    expect(await exported("mine", format)).toMatchObject({ format, keys: [{ algorithm: "ec-p256", comment: "mine" }] })
  },
)

test("openpgp leaves in the clear too, with the certificate that the key came with", async () => {
  const { keys } = await vault.ask("key.import", {
    name: "ann",
    file: vector("openpgp/v6-secret.asc"),
    exportable: "yes",
  })
  expect(keys[0]).toMatchObject({ ok: true, key: { name: "ann", algorithm: "ed25519" } })
  const protection = { kind: "plaintext", passphrase: passphrase(), confirmed: true } as const
  const { exported: file } = await vault.ask("key.export", { name: "ann", format: "openpgp", protection })
  const original = await importKeys(vector("openpgp/v6-secret.asc"), { format: "auto", passphrase: null })
  const left = await importKeys(file, { format: "auto", passphrase: null })
  expect(left.format).toBe("openpgp")
  expect(left.keys[0]).toEqual(original.keys[0])
})

test("what left for a key of the vault comes back by it, whichever version that was, and by no other", async () => {
  await vault.generate("mail", { algorithm: "x25519", purpose: "encryption" })
  await vault.generate("other", { algorithm: "x25519", purpose: "encryption" })
  await vault.generate("mine", { algorithm: "ec-p256", purpose: "signature", exportable: "wrapped" })
  const publicly = { name: "mail", format: "age", protection: { kind: "public" } } as const
  const recipient = Buffer.from((await vault.ask("key.export", publicly)).exported)
    .toString()
    .trim()
  const protection = { kind: "recipients" as const, recipients: [recipient] }
  const { exported: file } = await vault.ask("key.export", { name: "mine", format: "jwk", protection })
  await vault.ask("key.rotate", { name: "mail" })
  const back = (name: string) => ({ name: "back", file: new Uint8Array(file), wrappedBy: { name } })
  expect(await vault.refusal("key.import", back("other"))).toMatchObject({ code: "NOT_FOUND" })
  expect(await vault.ask("key.import", back("mail"))).toMatchObject({
    format: "jwk",
    warnings: ["the same key is here already, named mine"],
  })
  const { rows } = await vault.ask("audit.list", { action: "key.unwrap" })
  expect(rows).toMatchObject([{ target: "mail", detail: { version: 1, mechanism: "age" } }])
})

test("pkcs12 and jwe are never written in the clear", async () => {
  await vault.generate("mine", { algorithm: "ec-p256", purpose: "signature", exportable: "yes" })
  const protection = { kind: "plaintext", passphrase: passphrase(), confirmed: true } as const
  for (const format of ["pkcs12", "jwe"] as const) {
    const refused = await vault.refusal("key.export", {
      name: "mine",
      format,
      protection: { ...protection, passphrase: passphrase() },
    })
    expect(refused).toEqual({ code: "INVALID_INPUT", detail: `format: ${format} is encrypted` })
  }
})
