import { createPrivateKey } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { importKeys } from "../../main/crypto/formats/import-key.ts"
import { passwordForms } from "../../main/crypto/formats/password-forms.ts"
import { passphrase } from "./sample-keys.ts"

function vector(name: string): Buffer {
  return readFileSync(new URL(`../vectors/${name}`, import.meta.url))
}

function vectorsIn(folder: string): string[] {
  return readdirSync(new URL(`../vectors/${folder}/`, import.meta.url)).filter((name) => name.endsWith(".pem"))
}

function materialOf(name: string): Uint8Array {
  return new Uint8Array(createPrivateKey(vector(name)).export({ format: "der", type: "pkcs8" }))
}

const unsupported = ["PBE-SHA1-RC4-128.pem", "ec-des.pem"]
const plain = ["key.pem", "ec.pem", "rsa.pem"]
const oldFiles = ["pkcs8-pbes1", "legacy-pem"].flatMap((folder) =>
  vectorsIn(folder)
    .filter((name) => !plain.includes(name) && !unsupported.includes(name))
    .map((name) => `${folder}/${name}`),
)

test("there are vectors of each old cipher", () => {
  expect(oldFiles).toHaveLength(13)
})

test.for(oldFiles)("%s is read with its passphrase only, and with a warning", async (name) => {
  using right = passphrase("pässwörd")
  using wrong = passphrase("password")
  const expected = name.startsWith("pkcs8")
    ? "pkcs8-pbes1/key.pem"
    : `legacy-pem/${name.includes("rsa") ? "rsa" : "ec"}.pem`
  const imported = await importKeys(vector(name), { format: "auto", passphrase: right })
  expect(imported).toMatchObject({
    keys: [{ material: { bytes: materialOf(expected) } }],
    warnings: [expect.stringContaining("encrypted in an old way")],
  })
  await expect(importKeys(vector(name), { format: "auto", passphrase: wrong })).rejects.toMatchObject({
    code: "WRONG_PASSPHRASE",
  })
  await expect(importKeys(vector(name), { format: "auto", passphrase: null })).rejects.toThrow(
    "--in-passphrase-file is needed",
  )
})

test.for(["pkcs8-pbes1/PBE-SHA1-RC4-128.pem", "legacy-pem/ec-des.pem"])(
  "%s is refused with the reason",
  async (name) => {
    using secret = passphrase("pässwörd")
    await expect(importKeys(vector(name), { format: "auto", passphrase: secret })).rejects.toThrow("is not supported")
  },
)

test("no wrong passphrase of 500 is taken for a damaged file", async () => {
  for (const name of ["pkcs8-pbes1/PBE-SHA1-3DES.pem", "legacy-pem/ec-aes128.pem"]) {
    for (let attempt = 0; attempt < 500; attempt += 1) {
      using wrong = passphrase(`wrong ${attempt}`)
      await expect(importKeys(vector(name), { format: "auto", passphrase: wrong })).rejects.toMatchObject({
        code: "WRONG_PASSPHRASE",
      })
    }
  }
})

test.for([
  ["another type", "Proc-Type: 4,MIC-ONLY\nDEK-Info: AES-128-CBC,00\n"],
  ["no cipher", "Proc-Type: 4,ENCRYPTED\n"],
  ["a short initialisation vector", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n"],
  [
    "an initialisation vector that is no hexadecimal",
    `Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,${"0".repeat(31)}g\n`,
  ],
  ["a cipher called constructor", `Proc-Type: 4,ENCRYPTED\nDEK-Info: constructor,${"00".repeat(16)}\n`],
  ["a third header", `Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,${"00".repeat(16)}\nX: y\n`],
  ["a header of other kind", "Comment: hello\n"],
] as const)("a PEM header with %s is refused", async ([, headers]) => {
  using secret = passphrase("x")
  const file = Buffer.from(`-----BEGIN RSA PRIVATE KEY-----\n${headers}\nAAAA\n-----END RSA PRIVATE KEY-----\n`)
  await expect(importKeys(file, { format: "auto", passphrase: secret })).rejects.toMatchObject({
    code: "INVALID_INPUT",
  })
})

test("only the older forms are encrypted by headers", async () => {
  const file = vector("legacy-pem/ec-aes128.pem").toString().replaceAll("EC PRIVATE", "PRIVATE")
  using secret = passphrase("pässwörd")
  await expect(importKeys(Buffer.from(file), { format: "auto", passphrase: secret })).rejects.toThrow(
    "headers inside a block",
  )
})

test.for([
  ["ab", ["006100620000"]],
  ["ä", ["00e40000", "00c300a40000"]],
  ["€", ["20ac0000", "00e2008200ac0000"]],
  ["😀", ["d83dde000000", "00f0009f009800800000"]],
  ["", ["0000", ""]],
] as const)("%j is the BMPString that PKCS#12 asks for, or that of old programs", ([text, expected]) => {
  using owned = new DisposableStack()
  const { bmp, octets } = passwordForms(Buffer.from(text), owned)
  expect(bmp.map((form) => Buffer.from(form).toString("hex"))).toEqual(expected)
  expect(octets.map((form) => Buffer.from(form).toString())).toEqual([text])
})
