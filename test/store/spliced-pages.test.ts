import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { z } from "zod"
import { pageSize, pagesOf } from "../support/encrypted-pages.ts"
import { editDatabase, internalsOf } from "../support/vault-internals.ts"
import { lowMemoryKdf, passphrase, Refusal, TestVault } from "../support/vaults.ts"

let vault: TestVault
/** The database as it was, again and again, while the vault grew. */
const older: Buffer[] = []
let newest: Buffer
let expected: unknown

beforeAll(async () => {
  vault = await TestVault.create()
  await fill(vault)
  expected = await contentOf(vault)
  vault.lock()
  newest = databaseOf(vault)
}, 60_000)

afterAll(() => vault[Symbol.dispose]())

test("a page of the file differs from each of its older states somewhere in every table", async () => {
  const internals = await internalsOf(vault.path)
  const roots = editDatabase(internals, (db) =>
    z
      .array(z.object({ name: z.string(), rootpage: z.int() }))
      .parse(db.prepare("SELECT name, rootpage FROM sqlite_schema WHERE type = 'table' AND rootpage > 0").all())
      // An empty table has no older state.
      .filter(({ name }) => db.prepare(`SELECT 1 FROM ${name} LIMIT 1`).get() !== undefined)
      .map(({ rootpage }) => rootpage),
  )
  const changed = new Set(older.flatMap((old) => changedPages(old)))
  // What is written once for all never has an older page.
  expect(roots.filter((page) => !changed.has(page)).length).toBeLessThan(4)
})

test("one older page put back is noticed when the vault is opened or verified, or says nothing that is not so", async () => {
  const verdicts: string[] = []
  for (const old of older) {
    for (const number of changedPages(old)) verdicts.push(await verdictOn(withPage(old, number)))
  }
  expect(new Set(verdicts)).toEqual(new Set(["refused", "found", "the same content"]))
  expect(verdicts.filter((verdict) => verdict !== "the same content").length).toBeGreaterThan(40)
}, 60_000)

test("all older pages at once, but for the record of where the vault stands, are refused", async () => {
  const [old] = older
  if (old === undefined) throw new Error("there is no older state")
  const numbers = changedPages(old).filter((number) => number > 2)
  const spliced = Buffer.from(newest)
  for (const number of numbers) pagesOf(old)[number - 1]?.copy(spliced, (number - 1) * pageSize)
  expect(await verdictOn(spliced)).toBe("refused")
})

/** Changes of every kind, with the database looked at in between. */
async function fill(to: TestVault): Promise<void> {
  for (let number = 1; number <= 12; number++)
    await to.generate(`key ${number}`, { tags: [`t${number}`], owner: "ann" })
  await to.ask("keyring.create", { name: "production" })
  await snapshot(to)
  await to.ask("key.relate", { name: "key 1", kind: "wraps", other: "key 2" })
  await to.ask("key.suspend", { name: "key 3", reason: "on leave" })
  await to.ask("key.rotate", { name: "key 4" })
  await to.ask("key.set", { name: "key 5", rename: "schlüssel 5", addTags: ["new"] })
  await to.ask("key.set", { name: "key 7", removeTags: ["t7"], owner: null })
  await to.ask("vault.backup", { out: join(to.folder, "one.clvbackup") })
  await snapshot(to)
  await to.ask("key.destroy", { name: "key 6", reason: "leaked", confirmed: true })
  await to.ask("keyring.rotate", { name: "production" })
  await snapshot(to)
  await to.ask("keyring.rotate", { name: "personal" })
  await to.ask("vault.slot.add", { newPassphrase: passphrase("second"), kdf: lowMemoryKdf })
  await to.generate("in production", { keyring: "production" })
}

async function snapshot(of: TestVault): Promise<void> {
  of.lock()
  older.push(databaseOf(of))
  await of.unlock()
}

function databaseOf({ path }: TestVault): Buffer {
  return readFileSync(join(path, "inventory.db"))
}

/** Numbers from 1. */
function changedPages(old: Buffer): number[] {
  const pages = pagesOf(newest)
  return pagesOf(old).flatMap((page, index) => (pages[index]?.equals(page) === false ? [index + 1] : []))
}

function withPage(old: Buffer, number: number): Buffer {
  const spliced = Buffer.from(newest)
  pagesOf(old)[number - 1]?.copy(spliced, (number - 1) * pageSize)
  return spliced
}

/** What a person sees of a vault with this database. */
async function verdictOn(database: Buffer): Promise<string> {
  using copy = TestVault.copyOf(vault)
  writeFileSync(join(copy.path, "inventory.db"), database)
  try {
    await copy.unlock()
    const { ok, problems } = await copy.ask("vault.verify", {})
    if (!ok) return problems.length > 0 ? "found" : "found, but nothing is named"
    expect(await contentOf(copy)).toEqual(expected)
    return "the same content"
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    expect(["INTEGRITY_FAILED", "VAULT_CORRUPT", "ROLLBACK_DETECTED"]).toContain(error.failure.code)
    return "refused"
  } finally {
    expect(copy.bugs).toEqual([])
  }
}

/** All that can be asked of the inventory, and that every key is found by its name. */
async function contentOf(of: TestVault): Promise<unknown> {
  const { keys } = await of.ask("key.list", { limit: 1000 })
  const found: unknown[] = []
  for (const { name } of keys) found.push((await of.ask("key.list", { query: name, limit: 1000 })).keys)
  const { rows } = await of.ask("audit.list", { limit: 30 })
  return {
    keys,
    found,
    rows,
    keyrings: await of.ask("keyring.list", {}),
    backups: (await of.ask("vault.backups", {})).backups.map(({ id, path, auditSeq }) => ({ id, path, auditSeq })),
  }
}
