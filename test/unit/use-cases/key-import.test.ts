import { generateKeyPairSync } from "node:crypto"
import { readFileSync } from "node:fs"
import { afterEach, beforeEach, expect, test } from "vitest"
import { passphrase, TestVault, utf8 } from "../../support/vaults.ts"

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create()
})

afterEach(() => vault[Symbol.dispose]())

const pem = (type: "ed25519" | "ed448") =>
  type === "ed25519"
    ? generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString()
    : generateKeyPairSync("ed448").privateKey.export({ type: "pkcs8", format: "pem" }).toString()

const names = async () => (await vault.ask("key.list", {})).keys.map(({ name }) => name)

test("a file of one key gives it the name that was asked for, and says what the file was", async () => {
  const { format, keys, warnings } = await vault.ask("key.import", { name: "only", file: utf8(pem("ed25519")) })
  expect([format, warnings]).toEqual(["pkcs8-pem", []])
  expect(keys).toMatchObject([{ ok: true, key: { name: "only", algorithm: "ed25519", origin: "imported" } }])
})

test("of a file of several keys all are taken, and numbered", async () => {
  const file = utf8(pem("ed25519") + pem("ed25519") + pem("ed25519"))
  const { keys } = await vault.ask("key.import", { name: "mine", file })
  expect(keys.every(({ ok }) => ok)).toBe(true)
  expect(await names()).toEqual(["mine", "mine-2", "mine-3"])
})

test("of a file of several keys each has its own result", async () => {
  await vault.generate("mine-3")
  const file = utf8(pem("ed25519") + pem("ed448") + pem("ed25519") + pem("ed25519"))
  const { keys } = await vault.ask("key.import", { name: "mine", file })
  expect(keys).toMatchObject([
    { ok: true, key: { name: "mine" } },
    { ok: false, error: { code: "INVALID_INPUT" } },
    { ok: false, error: { code: "ALREADY_EXISTS", detail: "a key named mine-3" } },
    { ok: true, key: { name: "mine-4" } },
  ])
  expect(await names()).toEqual(["mine", "mine-3", "mine-4"])
})

test("a file of several keys none of which can be taken is refused with the first one's reason", async () => {
  const file = utf8(pem("ed448") + pem("ed448"))
  expect(await vault.refusal("key.import", { name: "mine", file })).toMatchObject({ code: "INVALID_INPUT" })
  expect(await names()).toEqual([])
})

test("a key that is here already is taken, and the one that is there is named", async () => {
  const text = pem("ed25519")
  await vault.ask("key.import", { name: "first", file: utf8(text) })
  const { warnings } = await vault.ask("key.import", { name: "second", file: utf8(text) })
  expect(warnings).toEqual(["the same key is here already, named first"])
  expect(await names()).toEqual(["first", "second"])
})

test("an OpenSSH file's key is for SSH, unless another purpose is asked for", async () => {
  const file = () => new Uint8Array(readFileSync("test/vectors/openssh/ed25519"))
  const { keys } = await vault.ask("key.import", { name: "ssh", file: file() })
  expect(keys).toMatchObject([{ key: { purpose: "ssh", usages: ["sign", "verify"] } }])
  const { keys: others } = await vault.ask("key.import", { name: "other", file: file(), purpose: "authentication" })
  expect(others).toMatchObject([{ key: { purpose: "authentication" } }])
})

test("a secret that ends with a line break is taken as it is, with a warning", async () => {
  const taken = async (name: string, text: string) =>
    (await vault.ask("key.import", { name, file: utf8(text), format: "raw", algorithm: "secret" })).warnings
  expect(await taken("echoed", "token\n")).toEqual(["the secret ends with a line break, which is part of it"])
  expect(await taken("bare", "two\nlines")).toEqual([])
})

test("of a key that was destroyed here nothing is said when it comes back", async () => {
  const text = pem("ed25519")
  await vault.ask("key.import", { name: "first", file: utf8(text) })
  await vault.ask("key.destroy", { name: "first", reason: "x", confirmed: true })
  expect(await vault.ask("key.import", { name: "again", file: utf8(text) })).toMatchObject({ warnings: [] })
})

test("a wrong passphrase of the file is said to be one, and takes nothing", async () => {
  const { privateKey } = generateKeyPairSync("ed25519")
  const file = utf8(
    privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "right" }).toString(),
  )
  const refused = await vault.refusal("key.import", { name: "mine", file, filePassphrase: passphrase("wrong") })
  expect(refused.code).toBe("WRONG_PASSPHRASE")
  expect(await names()).toEqual([])
})
