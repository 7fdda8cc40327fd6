import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { importKeys } from "../../main/crypto/formats/import-key.ts"
import { readPublicKey } from "../../main/crypto/formats/read-public-key.ts"
import { passphrase } from "../formats/sample-keys.ts"
import { run } from "./program.ts"

let folder = ""
/** PKCS#8 DER of the key that is in every file. */
let material: Buffer = Buffer.alloc(0)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "claviger-text-"))
  writeFileSync(path("key"), run("openssl", ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]))
  material = run("openssl", ["pkcs8", "-topk8", "-nocrypt", "-in", path("key"), "-outform", "DER"])
  run("openssl", ["req", "-x509", "-key", path("key"), "-out", path("certificate"), "-subj", "/CN=test"])
  const names = ["-inkey", path("key"), "-in", path("certificate"), "-name", "a name", "-out", path("p12")]
  run("openssl", ["pkcs12", "-export", ...names, "-passout", "pass:right"])
})
afterAll(() => rmSync(folder, { recursive: true }))

function path(name: string): string {
  return join(folder, name)
}

const openedPkcs12 = ["pkcs12", "-passin", "pass:right", "-in"]

test.for([
  ["open", ["-nodes"], "pkcs8-pem"],
  ["encrypted", ["-passout", "pass:right"], "pkcs8-encrypted"],
] as const)("what openssl takes out of PKCS#12 is read, %s, with the text around it", async ([, options, format]) => {
  const file = run("openssl", [...openedPkcs12, path("p12"), ...options])
  expect(file.toString()).toMatch(/^Bag Attributes/)
  using secret = passphrase("right")
  const imported = await importKeys(file, { format: "auto", passphrase: secret })
  expect(imported).toMatchObject({ format, warnings: [], keys: [{ algorithm: "ec-p256", attachments: [{}] }] })
  expect(imported.keys).toMatchObject([{ material: { bytes: new Uint8Array(material) } }])
})

test.for([
  ["pkey", ["-text"]],
  ["ec", ["-text"]],
] as const)("what `openssl %s` prints of a key beside it is passed over", async ([command, options]) => {
  const file = run("openssl", [command, "-in", path("key"), ...options])
  expect(file.toString()).toContain("Private-Key: (256 bit)")
  const { keys } = await importKeys(file, { format: "auto", passphrase: null })
  expect(keys).toMatchObject([{ material: { bytes: new Uint8Array(material) } }])
})

test("a certificate with its text in front goes with its key", async () => {
  const text = run("openssl", ["x509", "-text", "-in", path("certificate")])
  const key = run("openssl", ["pkey", "-in", path("key")])
  expect(text.toString()).toMatch(/^Certificate:\n/)
  const { keys, warnings } = await importKeys(Buffer.concat([text, key]), { format: "auto", passphrase: null })
  expect({ keys, warnings }).toMatchObject({ keys: [{ attachments: [{ kind: "x509" }] }], warnings: [] })
})

test("a public key that somebody gave may have text around it", () => {
  const file = run("openssl", ["pkey", "-in", path("key"), "-pubout", "-text_pub"])
  expect(file.toString()).toContain("Public-Key: (256 bit)")
  expect(readPublicKey(file)).toMatchObject({ algorithm: "ec-p256" })
})
