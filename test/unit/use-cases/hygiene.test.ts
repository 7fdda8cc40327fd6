import { rmSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import type { RequestOf } from "../../../preload/contract/index.ts"
import type { HygieneFinding } from "../../../preload/contract/report.ts"
import { rocaPrime, rsaPemOfPrimes } from "../../formats/rsa-of-primes.ts"
import { passphrase, TestVault, utf8 } from "../../support/vaults.ts"

const start = Date.parse("2026-01-01T00:00:00Z")
const day = 24 * 3_600_000
const used = { owner: "ann" }

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create({ at: start })
})

afterEach(() => vault[Symbol.dispose]())

const after = (days: number) => {
  vault.at = start + days * day
}
const found = async (finding: HygieneFinding): Promise<string[]> => {
  const { counts, keys } = await vault.ask("report.hygiene", { find: [finding] })
  expect(counts).toEqual({ [finding]: keys.length })
  return keys.map(({ name }) => name)
}
const takeIn = (name: string, text: string, more: Partial<RequestOf<"key.import">> = {}) =>
  vault.ask("key.import", { name, file: utf8(text), format: "hex", algorithm: "aes-256", ...more })
const bytes = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

test("the same bytes under two names are found, whatever their algorithm, and name each other", async () => {
  await takeIn("one", bytes)
  await takeIn("two", bytes, { algorithm: "hmac-sha256", purpose: "mac" })
  await vault.generate("other")
  const { keys } = await vault.ask("report.hygiene", { find: ["same-material"] })
  expect(keys.map(({ name, message }) => [name, message])).toEqual([
    ["one", "The same material is also in two."],
    ["two", "The same material is also in one."],
  ])
  expect(await found("too-broad")).toEqual(["one", "two"])
})

test("the same public key under two names is found, until one of them is destroyed", async () => {
  const pem = rsaPemOfPrimes(rocaPrime(), rocaPrime())
  for (const name of ["one", "two"]) await vault.ask("key.import", { name, file: utf8(pem) })
  expect(await found("same-material")).toEqual(["one", "two"])
  await vault.ask("key.destroy", { name: "two", reason: "twice", confirmed: true })
  expect(await found("same-material")).toEqual([])
})

test("the same material in two environments is found, and in one is not that", async () => {
  await takeIn("one", bytes, { environment: "test" })
  await takeIn("two", bytes, { environment: "test" })
  expect(await found("across-environments")).toEqual([])
  await vault.ask("key.set", { name: "two", environment: "production" })
  expect(await found("across-environments")).toEqual(["one", "two"])
})

test("material that is gone, or was replaced, is in no key any more", async () => {
  await takeIn("one", bytes)
  await takeIn("two", bytes)
  await vault.ask("key.destroy", { name: "two", reason: "twice", confirmed: true })
  expect(await found("same-material")).toEqual([])
})

test("marks are made anew after a rekey, and moved with a key", async () => {
  await takeIn("one", bytes)
  await takeIn("two", bytes)
  await vault.ask("keyring.create", { name: "payroll" })
  await vault.ask("key.set", { name: "two", keyring: "payroll" })
  await vault.ask("vault.rekey", { passphrase: passphrase(), alsoPassphrases: [], confirmed: true })
  expect(await found("same-material")).toEqual(["one", "two"])
})

test("two texts that are the same are found", async () => {
  for (const name of ["mail", "shop"]) await takeIn(name, "hunter22", { format: "raw", algorithm: "secret" })
  expect(await found("same-material")).toEqual(["mail", "shop"])
})

test("a key of a chip with ROCA is weak, until it is replaced and destroyed", async () => {
  await vault.ask("key.import", { name: "card", file: utf8(rsaPemOfPrimes(rocaPrime(), rocaPrime())) })
  await vault.ask("key.generate", { name: "sound", algorithm: "rsa-3072", purpose: "signature" })
  expect(await found("weak")).toEqual(["card"])
  await vault.ask("key.destroy", { name: "card", reason: "weak", confirmed: true })
  expect(await found("weak")).toEqual([])
})

test("RSA-2048 is deprecated, RSA-3072 and AES-128 are not", async () => {
  await vault.ask("key.generate", { name: "short", algorithm: "rsa-2048", purpose: "signature" })
  await vault.ask("key.generate", { name: "longer", algorithm: "rsa-3072", purpose: "signature" })
  await vault.ask("key.generate", { name: "block", algorithm: "aes-128", purpose: "encryption" })
  const { keys } = await vault.ask("report.hygiene", { find: ["deprecated"] })
  expect(keys.map(({ name, message }) => [name, message.slice(0, 17)])).toEqual([["short", "rsa-2048 has 112 "]])
})

test("what is newer than every backup was never backed up: a key, a version of an older one", async () => {
  for (const name of ["old", "rotated"]) await vault.generate(name)
  expect(await found("never-backed-up")).toEqual(["old", "rotated"])
  await vault.ask("vault.backup", { out: join(vault.folder, "one.clvbackup") })
  expect(await found("never-backed-up")).toEqual([])
  await vault.generate("new")
  await vault.ask("key.rotate", { name: "rotated" })
  expect(await found("never-backed-up")).toEqual(["rotated", "new"])
})

test("a backup that is destroyed holds nothing any more, nor does one that it had replaced", async () => {
  const file = join(vault.folder, "one.clvbackup")
  await vault.generate("kept")
  for (const force of [false, true]) await vault.ask("vault.backup", { out: file, force })
  rmSync(file)
  await vault.ask("vault.backup-destroyed", { file, reason: "shredded" })
  expect(await found("never-backed-up")).toEqual(["kept"])
})

test("a key is never rotated when it is older than asked for and has its first version", async () => {
  for (const name of ["first", "second"]) await vault.generate(name)
  await vault.ask("key.rotate", { name: "second" })
  after(700)
  expect(await found("never-rotated")).toEqual([])
  after(731)
  expect(await found("never-rotated")).toEqual(["first"])
  const { counts } = await vault.ask("report.hygiene", { find: ["never-rotated"], neverRotatedFor: "3y" })
  expect(counts).toEqual({ "never-rotated": 0 })
})

test("what is due, unused, never used and orphaned is found as the other reports find it", async () => {
  await vault.generate("late", { rotateEvery: "10d", ...used })
  await vault.generate("orphan")
  await vault.generate("busy", used)
  after(100)
  await vault.ask("key.encrypt", { name: "busy", plaintext: utf8("x") })
  expect(await found("due")).toEqual(["late"])
  expect(await found("unused")).toEqual(["late", "orphan"])
  expect(await found("never-used")).toEqual(["late", "orphan"])
  expect(await found("orphaned")).toEqual(["orphan"])
})

test("a key whose work is over has no finding", async () => {
  await vault.ask("key.generate", { name: "short", algorithm: "rsa-2048", purpose: "signature" })
  await vault.ask("key.deactivate", { name: "short", reason: "replaced" })
  after(1000)
  const { counts } = await vault.ask("report.hygiene", {})
  expect(Object.values(counts)).toEqual(Array.from({ length: 11 }, () => 0))
})

test("keys come in pages, finding by finding, each once", async () => {
  for (const name of ["a", "b", "c"]) await vault.generate(name)
  after(100)
  const find: HygieneFinding[] = ["orphaned", "never-used"]
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await vault.ask("report.hygiene", { find, limit: 2, ...(cursor === undefined ? {} : { cursor }) })
    expect(page.counts).toEqual({ orphaned: 3, "never-used": 3 })
    seen.push(...page.keys.map(({ finding, name }) => `${finding} ${name}`))
    cursor = page.next
  } while (cursor !== undefined)
  expect(seen).toEqual(find.flatMap((finding) => ["a", "b", "c"].map((name) => `${finding} ${name}`)))
  expect(await vault.refusal("report.hygiene", { cursor: "due/x" })).toMatchObject({ code: "INVALID_INPUT" })
})

test("no limit of keys is a figure alone", async () => {
  await vault.generate("a")
  expect(await vault.ask("report.hygiene", { find: ["never-backed-up"], limit: 0 })).toEqual({
    counts: { "never-backed-up": 1 },
    keys: [],
  })
})
