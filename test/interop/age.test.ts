import { randomBytes } from "node:crypto"
import { readFileSync, writeFileSync } from "node:fs"
import { afterAll, beforeAll, expect, test } from "vitest"
import { decodeRecipient, x25519RecipientText } from "../../main/crypto/age/recipient-text.ts"
import { passphraseIdentity, passphraseRecipient } from "../../main/crypto/age/scrypt-stanza.ts"
import { vaultKeyRecipient } from "../../main/crypto/age/vault-key-stanza.ts"
import { x25519Identity, x25519Recipient } from "../../main/crypto/age/x25519-stanza.ts"
import { exportPrivate } from "../../main/crypto/formats/export-key.ts"
import { exportPublic } from "../../main/crypto/formats/export-public-key.ts"
import { publicKeyOf } from "../../main/crypto/formats/public-key-of.ts"
import { x25519PublicKey } from "../../main/crypto/x25519-agreement.ts"
import { Secret } from "../../main/domain/secret.ts"
import { decryptFile, encryptFile } from "../../main/store/age-files.ts"
import { onlyKeyIn, passphrase, sampleKey } from "../formats/sample-keys.ts"
import { temporaryFolder } from "../support/temporary-folder.ts"
import { age, ageDecrypt, ageKeygen, ageOnTerminal, ageStatus, recipientOf } from "./age-program.ts"

const chunk = 64 * 1024
const MiB = 1024 * 1024
const sizes = [0, 1, chunk - 1, chunk, chunk + 1, 2 * chunk, 4 * chunk, 4 * chunk + 1, 9 * MiB + 7]

const ours = new Secret(new Uint8Array(32).fill(5))
const ourRecipient = x25519RecipientText(x25519PublicKey(ours))
const secret = "correct horse battery staple"

let lab: ReturnType<typeof temporaryFolder>
let theirRecipient: string

beforeAll(() => {
  lab = temporaryFolder()
  theirRecipient = ageKeygen(lab.file("their-key"))
})

afterAll(() => lab[Symbol.dispose]())

let made = 0
function path(): string {
  made += 1
  return lab.file(String(made))
}

function fileOf(bytes: Uint8Array): string {
  const file = path()
  writeFileSync(file, bytes)
  return file
}

function same(one: string, other: string): boolean {
  return readFileSync(one).equals(readFileSync(other))
}

async function weEncrypt(input: string, recipients = [decodeRecipient(theirRecipient)], isArmored = false) {
  const output = path()
  await encryptFile({ input, output, force: false }, recipients, isArmored)
  return output
}

async function weDecrypt(input: string, identity = x25519Identity(ours)): Promise<string> {
  const output = path()
  expect(await decryptFile({ input, output, force: false }, [identity])).toBe(true)
  return output
}

function theyEncrypt(input: string, ...args: readonly string[]): string {
  const output = path()
  age(...args, "-o", output, input)
  return output
}

function theyDecrypt(input: string, identityFile = lab.file("their-key")): string {
  const output = path()
  ageDecrypt(input, identityFile, output)
  return output
}

test.for(sizes)("age reads %i bytes that we wrote, and we read them from age, armoured or not", async (size) => {
  const plain = fileOf(randomBytes(size))
  for (const isArmored of [false, true]) {
    const weWrote = await weEncrypt(plain, undefined, isArmored)
    expect(same(theyDecrypt(weWrote), plain)).toBe(true)
    const theyWrote = theyEncrypt(plain, "-r", ourRecipient, ...(isArmored ? ["-a"] : []))
    expect(same(await weDecrypt(theyWrote), plain)).toBe(true)
  }
})

test("100 MiB go both ways", async () => {
  const plain = fileOf(randomBytes(100 * MiB))
  expect(same(theyDecrypt(await weEncrypt(plain)), plain)).toBe(true)
  expect(same(await weDecrypt(theyEncrypt(plain, "-r", ourRecipient)), plain)).toBe(true)
})

test("each of several recipients opens the file, whoever wrote it; age passes over what is for a vault's key", async () => {
  const third = lab.file("third-key")
  const recipients = [theirRecipient, ourRecipient, ageKeygen(third)]
  const vaultKey = vaultKeyRecipient({ keyId: "01981d7e-5a00-7abc-8def-0123456789ab", version: 1 }, async () =>
    randomBytes(60),
  )
  const plain = fileOf(randomBytes(1000))
  const weWrote = await weEncrypt(plain, [vaultKey, ...recipients.map(decodeRecipient)])
  const theyWrote = theyEncrypt(plain, ...recipients.flatMap((text) => ["-r", text]))
  for (const file of [weWrote, theyWrote]) {
    expect(same(await weDecrypt(file), plain)).toBe(true)
    for (const identity of [lab.file("their-key"), third]) expect(same(theyDecrypt(file, identity), plain)).toBe(true)
  }
})

test("a passphrase goes both ways", async () => {
  const plain = fileOf(randomBytes(1000))
  const [opened, theyWrote] = [path(), path()]
  const weWrote = await weEncrypt(plain, [passphraseRecipient(Buffer.from(secret))])
  expect(await ageOnTerminal(["-d", "-o", opened, weWrote], [["Enter passphrase", `${secret}\r`]])).toBe(0)
  expect(same(opened, plain)).toBe(true)
  const typed = [
    ["Enter passphrase", `${secret}\r`],
    ["Confirm passphrase", `${secret}\r`],
  ] as const
  expect(await ageOnTerminal(["-p", "-o", theyWrote, plain], typed)).toBe(0)
  expect(same(await weDecrypt(theyWrote, passphraseIdentity(Buffer.from(secret))), plain)).toBe(true)
  const wrong = { input: theyWrote, output: path(), force: false }
  expect(await decryptFile(wrong, [passphraseIdentity(Buffer.from("wrong"))])).toBe(false)
})

test("age refuses what we wrote once it is changed or cut off", async () => {
  const whole = readFileSync(await weEncrypt(fileOf(randomBytes(3 * chunk))))
  const changed = Buffer.from(whole)
  changed[whole.length - 100] = (changed[whole.length - 100] ?? 0) ^ 1
  for (const damaged of [changed, whole.subarray(0, -1), whole.subarray(0, -chunk - 16)]) {
    expect(ageStatus("-d", "-i", lab.file("their-key"), "-o", path(), fileOf(damaged))).toBe(1)
  }
  expect(ageStatus("-d", "-i", lab.file("their-key"), "-o", path(), fileOf(whole))).toBe(0)
})

test("a key of age-keygen's is imported, and has its recipient", async () => {
  const { algorithm, publicKey, purpose } = await onlyKeyIn(readFileSync(lab.file("their-key")))
  expect({ algorithm, purpose }).toEqual({ algorithm: "x25519", purpose: "encryption" })
  const exported = exportPublic({ algorithm, publicKey: publicKey ?? new Uint8Array(), comment: null }, "age")
  expect(Buffer.from(exported).toString()).toBe(`${theirRecipient}\n`)
})

test("an identity file that age encrypted is imported with its passphrase", async () => {
  const file = path()
  const typed = [
    ["Enter passphrase", `${secret}\r`],
    ["Confirm passphrase", `${secret}\r`],
  ] as const
  expect(await ageOnTerminal(["-p", "-a", "-o", file, lab.file("their-key")], typed)).toBe(0)
  using right = passphrase(secret)
  const { publicKey } = await onlyKeyIn(readFileSync(file), right)
  expect(publicKey).toEqual((await onlyKeyIn(readFileSync(lab.file("their-key")))).publicKey)
})

test("age decrypts with the identity files that we write, in the clear and encrypted", async () => {
  using material = await sampleKey("x25519")
  const key = { algorithm: "x25519", material, comment: "Ann’s laptop" } as const
  using plainFile = await exportPrivate(key, "age", null)
  using right = passphrase(secret)
  using encryptedFile = await exportPrivate(key, "age", right)
  const identityFile = fileOf(plainFile.bytes)
  const publicKey = publicKeyOf(material.bytes)
  const recipient = Buffer.from(exportPublic({ ...key, publicKey }, "age"))
    .toString()
    .trim()
  expect(recipientOf(identityFile)).toBe(recipient)

  const plain = fileOf(randomBytes(1000))
  const sealed = await weEncrypt(plain, [x25519Recipient(publicKey.subarray(-32))])
  expect(same(theyDecrypt(sealed, identityFile), plain)).toBe(true)
  const opened = path()
  const asked = ["-d", "-i", fileOf(encryptedFile.bytes), "-o", opened, sealed]
  expect(await ageOnTerminal(asked, [["Enter passphrase", `${secret}\r`]])).toBe(0)
  expect(same(opened, plain)).toBe(true)
})
