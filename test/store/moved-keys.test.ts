import { afterEach, beforeEach, expect, test } from "vitest"
import { z } from "zod"
import type { StoredVault } from "../../main/store/stored-vault.ts"
import { inStore } from "../support/in-store.ts"
import { TestVault, utf8 } from "../support/vaults.ts"

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create()
  await vault.ask("keyring.create", { name: "production" })
  await vault.generate("app")
})

afterEach(() => vault[Symbol.dispose]())

const move = (name: string, keyring: string) => vault.ask("key.set", { name, keyring })

const Deks = z.array(z.object({ key: z.string(), version: z.int(), keyring: z.string() }))

/** In which keyring each DEK is. */
const deks = ({ db }: StoredVault) =>
  Deks.parse(
    db
      .prepare(`
        SELECT keys.name AS key, version, keyrings.name AS keyring
        FROM deks JOIN keys ON keys.id = key_id JOIN keyrings ON keyrings.id = deks.keyring_id
        ORDER BY version_row`)
      .all(),
  )

const materials = ({ db }: StoredVault) => db.prepare("SELECT sealed FROM materials ORDER BY version_row").pluck().all()

test("a key that was moved has the DEKs of all its versions under the other keyring's KEK, its material as it was", async () => {
  await vault.ask("key.rotate", { name: "app" })
  await vault.generate("stays")
  const before = await inStore(vault, materials)
  await vault.unlock()
  expect(await move("app", "production")).toMatchObject({ name: "app", keyring: "production" })
  expect(await inStore(vault, deks)).toEqual([
    { key: "app", version: 1, keyring: "production" },
    { key: "app", version: 2, keyring: "production" },
    { key: "stays", version: 1, keyring: "personal" },
  ])
  expect(await inStore(vault, materials)).toEqual(before)
})

test("what a key encrypted before it was moved still opens, and the vault is whole", async () => {
  const { ciphertext } = await vault.ask("key.encrypt", { name: "app", plaintext: utf8("x") })
  await move("app", "production")
  const { plaintext } = await vault.ask("key.decrypt", { name: "app", ciphertext: utf8(ciphertext) })
  expect(Buffer.from(plaintext).toString()).toBe("x")
  expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true })
  expect((await vault.ask("keyring.list", {})).keyrings).toMatchObject([
    { name: "personal", keys: 0 },
    { name: "production", keys: 1 },
  ])
})

test("a moved key is rotated with the keyring that it is in, and not with the one that it left", async () => {
  await move("app", "production")
  expect(await vault.ask("keyring.rotate", { name: "personal" })).toMatchObject({ rewrapped: 0 })
  expect(await vault.ask("keyring.rotate", { name: "production" })).toMatchObject({ rewrapped: 1 })
  await move("app", "personal")
  expect(await vault.unlock()).toMatchObject({ resumed: [] })
  expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true })
})

test("the log tells where a key was moved", async () => {
  await move("app", "production")
  const { rows } = await vault.ask("audit.list", { key: "app" })
  expect(rows.at(-1)).toMatchObject({ action: "key.set", detail: { changed: ["keyring"], keyring: "production" } })
})

test("a key goes to a keyring for keys, a seed to one for seeds, and neither to one that is not there", async () => {
  await vault.ask("keyring.create", { name: "savings", purpose: "wallet" })
  await vault.ask("seed.generate", { name: "wallet", words: 12 })
  const detail = "keyring-purpose: savings is a wallet keyring"
  expect(await vault.refusal("key.set", { name: "app", keyring: "savings" })).toEqual({ code: "POLICY_DENIED", detail })
  expect(await vault.refusal("key.set", { name: "wallet", keyring: "production" })).toMatchObject({
    code: "POLICY_DENIED",
  })
  expect(await vault.refusal("key.set", { name: "app", keyring: "staging" })).toMatchObject({ code: "NOT_FOUND" })
  expect(await move("wallet", "savings")).toMatchObject({ keyring: "savings" })
  expect(await vault.ask("seed.verify", { name: "wallet", copy: utf8("not it") })).toMatchObject({ matches: false })
  expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true })
})

test("of a key with a destroyed version the others are moved; a destroyed key stays where it was", async () => {
  await vault.ask("key.rotate", { name: "app" })
  await vault.ask("key.destroy", { name: "app", version: 1, reason: "old", confirmed: true })
  await move("app", "production")
  expect(await inStore(vault, deks)).toEqual([{ key: "app", version: 2, keyring: "production" }])
  await vault.unlock()
  await vault.ask("key.destroy", { name: "app", reason: "over", confirmed: true })
  expect(await vault.refusal("key.set", { name: "app", keyring: "personal" })).toMatchObject({ code: "STATE_DENIED" })
})

test("a key of which one version does not open is not moved at all", async () => {
  await vault.ask("key.rotate", { name: "app" })
  await inStore(vault, ({ db }) => db.prepare("UPDATE deks SET wrapped = zeroblob(60) WHERE version = 2").run())
  await vault.unlock()
  expect(await vault.refusal("key.set", { name: "app", keyring: "production" })).toMatchObject({
    code: "INTEGRITY_FAILED",
  })
  expect(await vault.ask("key.show", { name: "app" })).toMatchObject({ keyring: "personal" })
  expect(await inStore(vault, deks)).toMatchObject([{ keyring: "personal" }, { keyring: "personal" }])
})

test("a move in a group that is undone is undone with it", async () => {
  const { ciphertext } = await vault.ask("key.encrypt", { name: "app", plaintext: utf8("x") })
  const { group } = vault.claviger
  group.begin()
  await move("app", "production")
  group.rollback()
  expect(await vault.ask("key.show", { name: "app" })).toMatchObject({ keyring: "personal" })
  await vault.ask("key.decrypt", { name: "app", ciphertext: utf8(ciphertext) })
})

test("bytes that are in the vault are recognised after their key was moved", async () => {
  const imported = { file: utf8("5f1d7a0c9be24e3388a1c6f2d4b7e901"), format: "hex", algorithm: "aes-128" } as const
  await vault.ask("key.import", { name: "first", ...imported, file: imported.file.slice() })
  await vault.ask("key.import", { name: "second", ...imported, file: imported.file.slice() })
  await move("first", "production")
  const { warnings } = await vault.ask("key.import", { name: "third", ...imported })
  expect(warnings.join()).toContain("first")
})
