import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import type { RequestOf } from "../../../preload/contract/index.ts"
import { passphrase, TestVault } from "../../support/vaults.ts"

let vault: TestVault
let name: string
let made = 0

beforeAll(async () => {
  vault = await TestVault.create({ at: Date.parse("2026-01-01T00:00:00.000Z") })
})

afterAll(() => vault[Symbol.dispose]())

beforeEach(async () => {
  made += 1
  name = `key ${made}`
  await vault.generate(name, { owner: "ann", environment: "live", tags: ["b", "a"], exportable: "yes" })
})

type Wanted = Omit<RequestOf<"key.set">, "name">

const set = (wanted: Wanted) => vault.ask("key.set", { name, ...wanted })
const refused = async (wanted: Wanted) => (await vault.refusal("key.set", { name, ...wanted })).code

test("a key has the settings that it was given, its tags once and in order", async () => {
  expect(await vault.ask("key.show", { name })).toMatchObject({
    owner: "ann",
    environment: "live",
    tags: ["a", "b"],
    exportable: "yes",
    usages: ["encrypt", "decrypt"],
  })
  expect((await vault.generate(`${name} twice`, { tags: ["x", "x"] })).tags).toEqual(["x"])
})

test("what is named is changed, and nothing else", async () => {
  const before = await vault.ask("key.show", { name })
  expect(await set({ owner: "bob" })).toMatchObject({ owner: "bob", environment: "live", tags: ["a", "b"] })
  const { owner: _, ...rest } = before
  expect(await vault.ask("key.show", { name })).toMatchObject(rest)
})

test("null empties a field", async () => {
  expect(await set({ owner: null, environment: null })).toMatchObject({ owner: null, environment: null })
})

test("tags are added and removed; to remove one that is not there is no mistake", async () => {
  expect((await set({ addTags: ["c", "a"], removeTags: ["b", "z"] })).tags).toEqual(["a", "c"])
})

test("a key may be renamed, keeps its id and its history, and frees its old name", async () => {
  const { id } = await vault.ask("key.show", { name })
  const renamed = `${name} renamed`
  expect(await set({ rename: renamed })).toMatchObject({ id, name: renamed })
  expect((await vault.ask("audit.list", { key: renamed })).rows.map(({ action }) => action)).toEqual([
    "key.generate",
    "key.set",
  ])
  expect(await vault.generate(name)).toMatchObject({ name })
})

test("a key can't take a name that another has", async () => {
  await vault.generate(`${name} too`)
  expect(await refused({ rename: `${name} too` })).toBe("ALREADY_EXISTS")
  expect(await vault.ask("key.show", { name })).toMatchObject({ name })
})

test("exportable only ever tightens", async () => {
  expect((await set({ exportable: "wrapped" })).exportable).toBe("wrapped")
  expect(await refused({ exportable: "yes" })).toBe("POLICY_DENIED")
  expect((await set({ exportable: "never" })).exportable).toBe("never")
  expect(await refused({ exportable: "wrapped" })).toBe("POLICY_DENIED")
  expect((await set({ exportable: "never" })).exportable).toBe("never")
})

test("what is not exportable does not leave", async () => {
  const encrypted = { format: "jwk", protection: { kind: "encrypted", passphrase: passphrase("x") } } as const
  await set({ exportable: "never" })
  expect((await vault.refusal("key.export", { name, ...encrypted })).code).toBe("POLICY_DENIED")
  const plaintext = { kind: "plaintext", passphrase: passphrase(), confirmed: true } as const
  expect((await vault.refusal("key.export", { name, format: "raw", protection: plaintext })).code).toBe("POLICY_DENIED")
})

test("a format that does not encrypt is refused with one that would do for this key", async () => {
  const signer = `${name} signer`
  await vault.ask("key.generate", { name: signer, algorithm: "ed25519", exportable: "wrapped" })
  const instead = async (key: string) => {
    const protection = { kind: "encrypted", passphrase: passphrase("x") } as const
    return (await vault.refusal("key.export", { name: key, format: "jwk", protection })).detail
  }
  expect(await instead(name)).toBe("format: jwk is not encrypted; use jwe, or let it leave for a recipient (--to)")
  expect(await instead(signer)).toMatch(
    /^format: jwk is not encrypted; use one of pkcs8-encrypted, openssh-encrypted, /,
  )
})

test("material leaves in the clear only when that is confirmed, and with the passphrase again", async () => {
  const exporting = (protection: object) => vault.claviger.dispatch("key.export", { name, format: "raw", protection })
  const codes = [
    await exporting({ kind: "plaintext", passphrase: passphrase(), confirmed: false }),
    await exporting({ kind: "plaintext", passphrase: passphrase("wrong"), confirmed: true }),
  ].map((reply) => (reply.ok ? "ok" : reply.error.code))
  expect(codes).toEqual(["CONFIRMATION_REQUIRED", "WRONG_PASSPHRASE"])
  const exported = await exporting({ kind: "plaintext", passphrase: passphrase(), confirmed: true })
  expect(exported).toMatchObject({ ok: true, result: { exported: expect.any(Uint8Array) } })
})

test("usages change within the purpose", async () => {
  expect((await set({ usages: ["decrypt"] })).usages).toEqual(["decrypt"])
  expect(await refused({ usages: ["sign"] })).toBe("POLICY_DENIED")
  expect(await refused({ usages: ["wrap"] })).toBe("POLICY_DENIED")
  expect(await vault.refusal("key.encrypt", { name, plaintext: new Uint8Array(4) })).toMatchObject({
    code: "POLICY_DENIED",
  })
})

test("a rotation period counts from the current version, and can be ended", async () => {
  expect((await set({ rotateEvery: "90d" })).nextRotationAt).toBe("2026-04-01T00:00:00.000Z")
  expect(await set({ rotateEvery: null })).toMatchObject({ rotateEvery: null, nextRotationAt: null })
})

test("a key that works already can't begin later", async () => {
  expect(await refused({ notBefore: "2030-01-01" })).toBe("STATE_DENIED")
  const waiting = await vault.generate(`${name} later`, { notBefore: "2030-01-01" })
  expect(waiting.state).toBe("pre-active")
  expect(await vault.ask("key.set", { name: waiting.name, notBefore: "2031-01-01" })).toMatchObject({
    activatesAt: "2031-01-01T00:00:00.000Z",
  })
})

test("an end before the beginning is refused", async () => {
  const dates = { notBefore: "2030-01-01", expires: "2029-01-01" }
  const input = { name: "x", algorithm: "aes-256", purpose: "encryption", ...dates } as const
  expect(await vault.refusal("key.generate", input)).toMatchObject({ code: "INVALID_INPUT" })
})

test("of a destroyed key nothing is due, and only what is said about it changes", async () => {
  await set({ rotateEvery: "90d" })
  vault.at = null
  const { certificate } = await vault.ask("key.destroy", { name, reason: "x", confirmed: true })
  const destroyed = await vault.ask("key.show", { name })
  expect(destroyed).toMatchObject({ nextRotationAt: null, versions: [{ destroyedAt: certificate.destroyedAt }] })
  expect(await set({ owner: "archive", addTags: ["old"], environment: null })).toMatchObject({ owner: "archive" })
  const others: Wanted[] = [{ rotateEvery: "1d" }, { expires: null }, { exportable: "never" }, { usages: ["decrypt"] }]
  for (const wanted of others) {
    expect(await refused(wanted)).toBe("STATE_DENIED")
  }
})

test("a change that names nothing is refused", async () => {
  expect(await refused({})).toBe("INVALID_INPUT")
  expect(await refused({ addTags: [] })).toBe("INVALID_INPUT")
})

test("the log says which fields were changed, and by whom, but not to what", async () => {
  await set({ owner: "a very private name", addTags: ["x"] })
  const { rows } = await vault.ask("audit.list", { key: name, action: "key.set" })
  expect(rows).toMatchObject([{ actor: "tester", detail: { changed: ["owner", "tags"] } }])
  expect(JSON.stringify(rows)).not.toContain("private")
})

test("an algorithm can't be given a purpose that it can't serve", async () => {
  const input = { name: "x", algorithm: "ed25519", purpose: "encryption" } as const
  expect(await vault.refusal("key.generate", input)).toMatchObject({ code: "INVALID_INPUT" })
  const usages = { name: "x", algorithm: "aes-256", purpose: "encryption", usages: ["encrypt", "wrap"] } as const
  expect(await vault.refusal("key.generate", { ...usages, usages: [...usages.usages] })).toMatchObject({
    code: "POLICY_DENIED",
  })
})

test("an end in the past ends a key only when that is confirmed, and the answer says so", async () => {
  await vault.generate("ending")
  const ending = { name: "ending", expires: "2001-01-01" }
  expect(await vault.refusal("key.set", ending)).toMatchObject({ code: "CONFIRMATION_REQUIRED" })
  expect(await vault.ask("key.show", { name: "ending" })).toMatchObject({ state: "active", expiresAt: null })
  expect(await vault.ask("key.set", { ...ending, confirmed: true })).toMatchObject({ state: "deactivated" })
})

test("a key made with an end in the past is deactivated from the start", async () => {
  expect(await vault.generate("late", { expires: "2001-01-01" })).toMatchObject({ state: "deactivated" })
})

test("no key ends before it begins", async () => {
  await vault.generate("later", { notBefore: "2090-01-01" })
  const refused = await vault.refusal("key.set", { name: "later", expires: "2089-01-01" })
  expect(refused).toEqual({ code: "INVALID_INPUT", detail: "expires: lies before the activation" })
})
