import { expect, test } from "vitest"
import { encodeIdentity } from "../../main/crypto/age/identity-text.ts"
import { recipientTextOf } from "../../main/crypto/age/recipient-text.ts"
import { passphraseRecipient } from "../../main/crypto/age/scrypt-stanza.ts"
import { x25519Recipient } from "../../main/crypto/age/x25519-stanza.ts"
import { exportPrivate } from "../../main/crypto/formats/export-key.ts"
import { exportPublic } from "../../main/crypto/formats/export-public-key.ts"
import { importKeys } from "../../main/crypto/formats/import-key.ts"
import { encodePrivateKeyInfo } from "../../main/crypto/formats/private-key-info.ts"
import { publicKeyOf } from "../../main/crypto/formats/public-key-of.ts"
import { x25519PublicKey } from "../../main/crypto/x25519-agreement.ts"
import { Secret } from "../../main/domain/secret.ts"
import { encrypted } from "../age/read-all.ts"
import { onlyKeyIn, passphrase, sampleKey } from "./sample-keys.ts"

const [ann, ben] = [new Secret(new Uint8Array(32).fill(1)), new Secret(new Uint8Array(32).fill(2))]

function identity(secret: Secret, kind: "x25519" | "mlkem768x25519" = "x25519"): string {
  return Buffer.from(encodeIdentity({ kind, secret })).toString()
}

function recipient(secret: Secret): string {
  return recipientTextOf({ kind: "x25519", secret })
}

function materialOf(secret: Secret): Uint8Array {
  return encodePrivateKeyInfo({ kind: "x25519", privateKey: secret.bytes })
}

function inFile(...lines: readonly string[]) {
  return importKeys(Buffer.from(lines.join("\n")), { format: "auto", passphrase: null })
}

test("what age-keygen writes is a key for encryption", async () => {
  const lines = ["# created: 2026-11-22T18:00:00Z", `# public key: ${recipient(ann)}`, identity(ann), ""]
  expect(await inFile(...lines)).toMatchObject({
    format: "age",
    keys: [{ algorithm: "x25519", purpose: "encryption", comment: null, material: { bytes: materialOf(ann) } }],
  })
})

test("several identities are several keys, each with the remark above it; line ends and empty lines don't matter", async () => {
  const text = `\ufeff\r\n# Ann’s\r\n${identity(ann)}\r\n\r\n${identity(ben)}  \r\n# that is all\r\n`
  expect(await inFile(text)).toMatchObject({
    format: "age",
    keys: [
      { comment: "Ann’s", material: { bytes: materialOf(ann) } },
      { comment: null, material: { bytes: materialOf(ben) } },
    ],
  })
})

test("an identity that a vault can't keep does not keep the others out", async () => {
  const { keys } = await inFile(identity(ann, "mlkem768x25519"), "AGE-PLUGIN-YUBIKEY-1QQ", identity(ben))
  expect(keys).toMatchObject([
    { refusal: { code: "INVALID_INPUT", detail: expect.stringContaining("post-quantum") } },
    { refusal: { code: "INVALID_INPUT", detail: expect.stringContaining("plugin") } },
    { algorithm: "x25519" },
  ])
})

test.for<[string, readonly string[]]>([
  ["mistyped", [identity(ann).replace("1", "1Q")]],
  ["in lower case", [`# x\n${identity(ann).toLowerCase()}`]],
  ["under the public key of another one", [`# public key: ${recipient(ben)}`, identity(ann)]],
  ["beside what is none", ["AGE-SECRET-KEY-1", "hello"]],
  ["one of too many", Array.from({ length: 101 }, () => identity(ann))],
])("an identity that is %s is refused", async ([, lines]) => {
  await expect(inFile(...lines)).rejects.toMatchObject({ code: "INVALID_INPUT" })
})

test("recipients are public keys alone", async () => {
  await expect(inFile("# Ben", recipient(ben))).rejects.toThrow("there is no private key in the file")
})

test("an encrypted identity file needs its passphrase", async () => {
  const plain = Buffer.from(`# public key: ${recipient(ann)}\n${identity(ann)}\n`)
  for (const isArmored of [false, true]) {
    const file = await encrypted(plain, [passphraseRecipient(Buffer.from("right"), 10)], isArmored)
    using right = passphrase("right")
    using wrong = passphrase("wrong")
    expect((await onlyKeyIn(file, right)).material.bytes).toEqual(materialOf(ann))
    await expect(onlyKeyIn(file, wrong)).rejects.toMatchObject({
      code: "WRONG_PASSPHRASE",
      detail: "the key file does not open",
    })
    await expect(onlyKeyIn(file)).rejects.toMatchObject({
      detail: "the file is encrypted: --in-passphrase-file is needed",
    })
    await expect(onlyKeyIn(file.subarray(0, -5), right)).rejects.toMatchObject({ code: "INVALID_INPUT" })
  }
})

test("an encrypted file that holds no identities, or is for keys, is refused with the reason", async () => {
  using secret = passphrase("right")
  const letter = await encrypted(Buffer.from("Dear Ann"), [passphraseRecipient(secret.bytes, 10)])
  await expect(onlyKeyIn(letter, secret)).rejects.toThrow("INVALID_INPUT: age: not an identity")
  const forAnn = await encrypted(Buffer.from(identity(ann)), [x25519Recipient(x25519PublicKey(ann))])
  await expect(onlyKeyIn(forAnn, secret)).rejects.toThrow("encrypted for keys, not with a passphrase")
})

test("an identity file is written as age-keygen writes it, with the key's name", async () => {
  using material = new Secret(new Uint8Array(materialOf(ann)))
  using file = await exportPrivate({ algorithm: "x25519", material, comment: "a\nname" }, "age", null)
  expect(Buffer.from(file.bytes).toString()).toBe(`# a name\n# public key: ${recipient(ann)}\n${identity(ann)}\n`)
})

test("an encrypted identity file is armoured, and costs what the age program's does", async () => {
  using material = new Secret(new Uint8Array(materialOf(ann)))
  using secret = passphrase("right")
  using file = await exportPrivate({ algorithm: "x25519", material, comment: null }, "age", secret)
  const [begin, ...lines] = Buffer.from(file.bytes).toString().split("\n")
  expect(begin).toBe("-----BEGIN AGE ENCRYPTED FILE-----")
  expect(Buffer.from(lines.join(""), "base64").toString("latin1")).toMatch(/-> scrypt \S{22} 18\n/)
})

test("the public half of an X25519 key is a recipient; other keys have none", async () => {
  const exported = exportPublic({ algorithm: "x25519", publicKey: publicKeyOf(materialOf(ann)), comment: "c" }, "age")
  expect(Buffer.from(exported).toString()).toBe(`${recipient(ann)}\n`)
  using material = await sampleKey("ed25519")
  const other = { algorithm: "ed25519", publicKey: publicKeyOf(material.bytes), comment: null } as const
  expect(() => exportPublic(other, "age")).toThrow("age has no form for a key of ed25519")
})

test("a secret leaves under a passphrase, and comes back as text; without the passphrase the file itself is the text", async () => {
  using word = passphrase("a passphrase")
  using material = Secret.copyOf(Buffer.from("deadbeef"))
  using file = await exportPrivate({ algorithm: "secret", material, comment: null }, "age", word)
  expect(Buffer.from(file.bytes).toString()).not.toContain("deadbeef")
  const read = { format: "auto", algorithm: "secret" } as const
  expect(await importKeys(file.bytes, { ...read, passphrase: word })).toMatchObject({
    format: "age",
    keys: [{ algorithm: "secret", material: { bytes: material.bytes } }],
  })
  expect(await importKeys(file.bytes, { ...read, passphrase: null })).toMatchObject({
    format: "raw",
    keys: [{ material: { bytes: file.bytes } }],
  })
  expect(await importKeys(material.bytes, { ...read, passphrase: word })).toMatchObject({
    format: "raw",
    keys: [{ material: { bytes: material.bytes } }],
  })
  await expect(exportPrivate({ algorithm: "secret", material, comment: null }, "age", null)).rejects.toThrow("no form")
})
