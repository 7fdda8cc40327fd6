import { afterAll, beforeAll, expect, test } from "vitest"
import { TestVault } from "../../support/vaults.ts"

let vault: TestVault

const names = ["Zebra", "alpha", "beta one", "beta two", "gamma-ray", "Ärger", "schlüssel", "鍵", "🔑"]

beforeAll(async () => {
  vault = await TestVault.create()
  await vault.ask("keyring.create", { name: "production" })
  for (const name of names) await vault.generate(name, { tags: [`tag of ${name}`, "common"] })
  await vault.generate("in production", { keyring: "production", owner: "Ann Lee", environment: "live" })
  await vault.ask("key.generate", { name: "signer", algorithm: "ed25519", purpose: "signature" })
  await vault.ask("key.suspend", { name: "beta two", reason: "x" })
})

afterAll(() => vault[Symbol.dispose]())

async function listed(input: Parameters<typeof vault.ask<"key.list">>[1]): Promise<string[]> {
  return (await vault.ask("key.list", input)).keys.map(({ name }) => name)
}

async function allPages(limit: number, more: object = {}): Promise<string[][]> {
  const pages: string[][] = []
  let cursor: string | undefined
  do {
    const { keys, next } = await vault.ask("key.list", { limit, ...more, ...(cursor === undefined ? {} : { cursor }) })
    pages.push(keys.map(({ name }) => name))
    cursor = next
  } while (cursor !== undefined)
  return pages
}

/** SQLite sorts by UTF-8 bytes. */
const inOrder = (these: readonly string[]) => these.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))

const everything = inOrder([...names, "in production", "signer"])

test("all keys are listed in the order of their names", async () => {
  expect(await listed({})).toEqual(everything)
})

test.for([1, 2, 3, 7, 10, 11, 12, 100])("pages of %i hold every key once, in order, and end", async (limit) => {
  const pages = await allPages(limit)
  expect(pages.flat()).toEqual(everything)
  expect(pages).toHaveLength(Math.ceil(everything.length / limit))
})

test("a page goes on where the last one ended, also when keys came and went between", async () => {
  const { keys, next = "" } = await vault.ask("key.list", { limit: 4 })
  await vault.generate("aaa came late")
  const rest = await listed({ limit: 100, cursor: next })
  expect([...keys.map(({ name }) => name), ...rest]).toEqual(everything)
  await vault.ask("key.destroy", { name: "aaa came late", reason: "x", confirmed: true })
})

test("filters narrow, also all at once, and with pages", async () => {
  expect(await listed({ keyring: "production" })).toEqual(["in production"])
  expect(await listed({ algorithm: "ed25519" })).toEqual(["signer"])
  expect(await listed({ state: "suspended" })).toEqual(["beta two"])
  expect(await listed({ state: "suspended", algorithm: "ed25519" })).toEqual([])
  expect((await allPages(3, { algorithm: "aes-256", state: "active", keyring: "personal" })).flat()).toEqual(
    inOrder(names.filter((name) => name !== "beta two")),
  )
})

test("a keyring that is not there is not found", async () => {
  expect(await vault.refusal("key.list", { keyring: "staging" })).toMatchObject({ code: "NOT_FOUND" })
})

const searches: readonly (readonly [query: string, found: readonly string[]])[] = [
  ["beta", ["beta one", "beta two"]],
  ["bet", ["beta one", "beta two"]],
  ["BETA TW", ["beta two"]],
  ["two beta", ["beta two"]],
  ["schlussel", ["schlüssel"]],
  ["schlüs", ["schlüssel"]],
  ["arger", ["Ärger"]],
  ["ray", ["gamma-ray"]],
  ["鍵", ["鍵"]],
  ["ann", ["in production"]],
  ["lee live", ["in production"]],
  ["tag zebra", ["Zebra"]],
  ["eta", []],
  ["nothing of the kind", []],
]

test.for(searches)("%j finds %o", async ([query, found]) => {
  expect(await listed({ query })).toEqual([...found])
})

test("a search for nothing finds everything, one for signs that are no word finds nothing", async () => {
  for (const query of ["", " "]) expect((await listed({ query, state: "active" })).length).toBeGreaterThan(5)
  for (const query of ["!?", "🔑", '"']) expect(await listed({ query })).toEqual([])
})

test("a search follows what is changed", async () => {
  await vault.generate("mercury", { tags: ["planet"], owner: "ann" })
  await vault.ask("key.set", {
    name: "mercury",
    rename: "venus",
    addTags: ["hot"],
    removeTags: ["planet"],
    owner: null,
  })
  expect(await listed({ query: "mercury" })).toEqual([])
  expect(await listed({ query: "planet" })).toEqual([])
  expect(await listed({ query: "venus hot" })).toEqual(["venus"])
})

test("what is due is listed as due, and only while the key is active", async () => {
  using other = await TestVault.create({ at: Date.parse("2026-01-01T00:00:00.000Z") })
  await other.generate("often", { rotateEvery: "1d" })
  await other.generate("seldom", { rotateEvery: "1y" })
  await other.generate("suspended", { rotateEvery: "1d" })
  await other.ask("key.suspend", { name: "suspended", reason: "x" })
  other.at = Date.parse("2026-01-02T00:00:00.000Z")
  const { keys } = await other.ask("key.list", { due: true })
  expect(keys.map(({ name }) => name)).toEqual(["often"])
  expect(keys[0]?.findings).toMatchObject([{ rule: "rotation-due" }])
  await other.ask("key.rotate", { name: "often" })
  expect((await other.ask("key.list", { due: true })).keys).toEqual([])
})

test("a key is found by its name and by its id, which no other key can have for a name", async () => {
  const { id } = await vault.ask("key.show", { name: "alpha" })
  expect(await vault.ask("key.show", { name: id })).toMatchObject({ name: "alpha" })
  const refused = await vault.refusal("key.generate", { name: id, algorithm: "aes-256" })
  expect(refused).toMatchObject({ code: "INVALID_INPUT" })
  expect(await vault.refusal("key.set", { name: "alpha", rename: id })).toMatchObject({ code: "INVALID_INPUT" })
})

test("a name is taken once, whatever became of its key", async () => {
  for (const name of ["alpha", "aaa came late"]) {
    const { code } = await vault.refusal("key.generate", { name, algorithm: "aes-256", purpose: "encryption" })
    expect(code).toBe("ALREADY_EXISTS")
  }
})

test("no key is listed with anything of its material", async () => {
  const material = Buffer.from("0123456789abcdef0123456789abcdef")
  const file = new Uint8Array(material)
  await vault.ask("key.import", { name: "imported", file, format: "raw", algorithm: "aes-256" })
  const text = JSON.stringify([await vault.ask("key.list", {}), await vault.ask("key.show", { name: "imported" })])
  for (const form of [material.toString(), material.toString("hex"), material.toString("base64")]) {
    expect(text).not.toContain(form)
  }
  expect(file.every((byte) => byte === 0)).toBe(true)
})
