import { generateKeyPairSync } from "node:crypto"
import { afterEach, beforeEach, expect, test } from "vitest"
import { TestVault, utf8 } from "../../support/vaults.ts"

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create()
})

afterEach(() => vault[Symbol.dispose]())

function pem(protection: { cipher?: string; passphrase?: string } = {}): string {
  const { privateKey } = generateKeyPairSync("ed25519")
  return privateKey.export({ type: "pkcs8", format: "pem", ...protection }).toString()
}

test("a file tells what it holds, and nothing is taken from it", async () => {
  const file = utf8(pem())
  const { keys, ...found } = await vault.ask("key.inspect", { file })
  expect(found).toEqual({ format: "pkcs8-pem", warnings: [] })
  const fingerprint = expect.stringMatching(/^SHA256:/)
  const about = { algorithm: "ed25519", purpose: "signature", fingerprint, comment: null, warnings: [] }
  expect(keys).toEqual([{ ok: true, ...about }])
  expect((await vault.ask("key.list", {})).keys).toEqual([])
  expect(file.every((byte) => byte === 0)).toBe(true)
})

test("what is said of a key is what the key has in the vault then", async () => {
  const text = pem()
  const [inspected] = (await vault.ask("key.inspect", { file: utf8(text) })).keys
  const [taken] = (await vault.ask("key.import", { name: "taken", file: utf8(text) })).keys
  if (inspected?.ok !== true || taken?.ok !== true) throw new Error("both were refused")
  const { algorithm, purpose, versions } = taken.key
  expect([inspected.algorithm, inspected.purpose]).toEqual([algorithm, purpose])
  expect(versions[0]?.fingerprint).toBe(inspected.fingerprint)
})

test("a key that is here already is named before it comes in a second time", async () => {
  const text = pem()
  await vault.ask("key.import", { name: "first", file: utf8(text) })
  const { keys } = await vault.ask("key.inspect", { file: utf8(text) })
  expect(keys).toEqual([expect.objectContaining({ warnings: ["the same key is here already, named first"] })])
})

test("of a file with several keys, one that can't be taken has its own reason", async () => {
  const small = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey
  const file = utf8(pem() + small.export({ type: "pkcs8", format: "pem" }).toString())
  const { keys } = await vault.ask("key.inspect", { file })
  expect(keys.map((key) => (key.ok ? key.algorithm : key.error.detail))).toEqual([
    "ed25519",
    "an RSA key of 1024 bits: only 2048, 3072 and 4096 are supported",
  ])
})

test("an encrypted file is read with its passphrase only", async () => {
  const text = pem({ cipher: "aes-256-cbc", passphrase: "of the file" })
  expect(await vault.refusal("key.inspect", { file: utf8(text) })).toMatchObject({
    code: "INVALID_INPUT",
    detail: expect.stringContaining("is encrypted"),
  })
  const wrong = { file: utf8(text), filePassphrase: utf8("wrong") }
  expect(await vault.refusal("key.inspect", wrong)).toMatchObject({ code: "WRONG_PASSPHRASE" })
  const right = { file: utf8(text), filePassphrase: utf8("of the file") }
  expect((await vault.ask("key.inspect", right)).keys).toMatchObject([{ ok: true, algorithm: "ed25519" }])
})
