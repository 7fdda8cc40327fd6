import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { z } from "zod"
import type { Migration } from "../../main/store/migration.ts"
import { passphrase, TestVault, temporaryFolder } from "../support/vaults.ts"

const vectors = (name: string) => fileURLToPath(new URL(`../vectors/vaults/${name}`, import.meta.url))
const golden = z.object({ passphrase: z.string() }).parse(JSON.parse(readFileSync(vectors("v1-expected.json"), "utf8")))

/** What the two steps of a program still to come do. */
const steps = vi.hoisted((): Record<"first" | "second", Migration["up"]> => {
  const nothing = (): void => undefined
  return { first: nothing, second: nothing }
})

vi.mock("../../main/store/migrations/index.ts", async (original) => {
  const { migrations } = await original<typeof import("../../main/store/migrations/index.ts")>()
  const first: Migration = { version: migrations.length + 1, up: (db) => steps.first(db) }
  const second: Migration = { version: migrations.length + 2, up: (db) => steps.second(db) }
  return { migrations: [...migrations, first, second] }
})

let vault: TestVault

beforeEach(() => {
  steps.first = (db) => db.exec("CREATE TABLE first (x INTEGER) STRICT")
  steps.second = (db) => db.exec("CREATE TABLE second (x INTEGER) STRICT")
  vault = new TestVault(temporaryFolder())
  cpSync(vectors("v1.claviger"), vault.path, { recursive: true })
})

afterEach(() => vault[Symbol.dispose]())

/** Steps that this program has itself. */
const schemas = readdirSync(fileURLToPath(new URL("../../main/store/migrations", import.meta.url))).length - 1

const unlock = () => vault.unlock(golden.passphrase)
const broken = (): never => {
  throw new Error("a broken step")
}
const backups = () => readdirSync(vault.folder).filter((name) => name.endsWith(".clvbackup"))

test("an older vault is migrated when it is opened, after a backup that restores", async () => {
  expect(await unlock()).toMatchObject({ resumed: ["vault.migrate"] })
  const [name = "", ...others] = backups()
  expect([name, others]).toEqual([expect.stringMatching(/^test-schema-1-\d{8}\.clvbackup$/), []])
  expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true, problems: [], checked: { keys: 23 } })
  vault.lock()
  const to = join(vault.folder, "restored.claviger")
  const input = { file: join(vault.folder, name), to, passphrase: passphrase(golden.passphrase) }
  expect(await vault.ask("vault.restore", input)).toMatchObject({ keys: 23, verified: true })
})

test("the log tells of the migration and the register of its backup", async () => {
  await unlock()
  const { rows } = await vault.ask("audit.list", { limit: 10_000 })
  expect(rows.slice(-3).map(({ action }) => action)).toEqual(["vault.unlock", "vault.backup", "vault.migrate"])
  expect(rows.at(-1)?.detail).toMatchObject({ from: 1 })
  const { backups: registered } = await vault.ask("vault.backups", {})
  expect(registered.at(-1)).toMatchObject({ path: join(vault.folder, backups()[0] ?? ""), present: true })
})

test("a vault that was migrated is not migrated again", async () => {
  await unlock()
  vault.lock()
  for (const name of backups()) rmSync(join(vault.folder, name))
  expect(await unlock()).toMatchObject({ resumed: [] })
  expect(backups()).toEqual([])
})

test("a migration that fails, fails on the copy that proves the backup: the vault is as it was", async () => {
  steps.first = broken
  const before = readFileSync(join(vault.path, "inventory.db"))
  expect(await vault.unlockRefusal(golden.passphrase)).toMatchObject({ code: "INTERNAL" })
  expect(readFileSync(join(vault.path, "inventory.db")).equals(before)).toBe(true)
  expect(readdirSync(vault.folder)).toEqual(["test.claviger"])
})

test("what stopped half-way is finished, and all of it logged, by the next opening", async () => {
  steps.second = (db) => (db.name.endsWith("inventory.db") ? broken() : undefined)
  expect(await vault.unlockRefusal(golden.passphrase)).toMatchObject({ code: "INTERNAL" })
  steps.second = () => undefined
  expect(await unlock()).toMatchObject({ resumed: ["vault.migrate", "vault.migrate"] })
  const { rows } = await vault.ask("audit.list", { action: "vault.migrate" })
  expect(rows.map(({ detail }) => detail["from"])).toEqual([1, schemas + 1])
  expect(backups()).toHaveLength(2)
  expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true, problems: [] })
})

test("where no backup can be written nothing is migrated", async () => {
  vault.at = Date.parse("2027-01-02T03:04:05Z")
  mkdirSync(join(vault.folder, "test-schema-1-20270102.clvbackup", "in the way"), { recursive: true })
  const before = readFileSync(join(vault.path, "inventory.db"))
  expect(await vault.unlockRefusal(golden.passphrase)).toMatchObject({ code: "IO_ERROR" })
  expect(readFileSync(join(vault.path, "inventory.db")).equals(before)).toBe(true)
})
