import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setImmediate } from "node:timers/promises"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { VaultDb } from "../../main/store/vault-database.ts"
import { pageSize } from "../support/encrypted-pages.ts"
import { InventoryGate } from "../support/inventory-gate.ts"
import { editDatabase, internalsOf } from "../support/vault-internals.ts"
import { passphrase, TestVault, utf8 } from "../support/vaults.ts"

/** A vault over the size from which on a thread makes SQLite's long calls; locked. */
let original: TestVault
const texts = 20

beforeAll(async () => {
  original = await TestVault.create()
  for (let number = 1; number <= texts; number += 1) {
    const file = utf8(`text ${number}`.repeat(8_000))
    await original.ask("key.import", { name: `text ${number}`, file, format: "raw", algorithm: "secret" })
  }
  original.lock()
})

afterAll(() => original[Symbol.dispose]())

async function opened(): Promise<TestVault> {
  const vault = TestVault.copyOf(original)
  await vault.unlock()
  return vault
}

async function edited(edit: (db: VaultDb) => unknown): Promise<TestVault> {
  const vault = TestVault.copyOf(original)
  editDatabase(await internalsOf(vault.path), edit)
  await vault.unlock()
  return vault
}

async function rulesBroken(vault: TestVault): Promise<string[]> {
  const { problems } = await vault.ask("vault.verify", {})
  return problems.map(({ rule }) => rule)
}

/** @param page - its number, from 1 */
function damagePage(database: string, page: number): void {
  const bytes = readFileSync(database)
  const place = (page - 1) * pageSize + 2000
  bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place)
  writeFileSync(database, bytes)
}

/** How often the event loop comes round until it is done. */
async function turnsUntil(work: Promise<unknown>): Promise<number> {
  let turns = 0
  let isDone = false
  const ended = work.finally(() => {
    isDone = true
  })
  for (; !isDone; turns += 1) await setImmediate()
  await ended
  return turns
}

test("the event loop goes on while SQLite works on the whole file", async () => {
  using vault = await opened()
  expect(await turnsUntil(vault.ask("vault.compact", {}))).toBeGreaterThan(20)
})

test("a large vault that is whole is found whole", async () => {
  using vault = await opened()
  expect(await vault.ask("vault.verify", {})).toMatchObject({ problems: [], checked: { keys: texts, versions: texts } })
})

test.for([
  ["a wrong index of words", "DELETE FROM key_search WHERE rowid = 1", "search"],
  [
    "a wrong index of a table",
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE INDEX keys_by_state ON keys (name, state)' WHERE name = 'keys_by_state'",
    "pages",
  ],
  ["material that is back", "UPDATE key_versions SET state = 'destroyed' WHERE row = 1", "material"],
] as const)("%s is found in a large vault", async ([, sql, rule]) => {
  using vault = await edited((db) => {
    db.unsafeMode()
    db.exec(sql)
  })
  expect(await rulesBroken(vault)).toContain(rule)
})

test("what is asked for while a thread has the database is answered when it is back", async () => {
  using vault = await opened()
  const verifying = vault.ask("vault.verify", {})
  const asked = Promise.all([vault.generate("meanwhile"), vault.ask("key.list", {}), vault.ask("vault.compact", {})])
  expect((await verifying).ok).toBe(true)
  const [, { keys }] = await asked
  expect(keys.map(({ name }) => name)).toContain("text 1")
  expect(await rulesBroken(vault)).toEqual([])
})

test("the check after an unlock waits while a thread has the database, and goes on when it is back", async () => {
  const gate = new InventoryGate()
  using vault = TestVault.copyOf(original, gate)
  editDatabase(await internalsOf(vault.path), (db) => db.exec("UPDATE keys SET owner = 'eve' WHERE row = 1"))
  await vault.unlock()
  const compacting = vault.ask("vault.compact", {})
  await setImmediate()
  await gate.open()
  await compacting
  while (gate.told.length === 0) await gate.open()
  expect(gate.told).toMatchObject([{ keys: 1, names: ["text 1"] }])
  expect(vault.bugs).toEqual([])
})

test("locking does not wait for a thread, and what it was doing is done as a whole or not at all", async () => {
  using vault = await opened()
  const compacting = vault.refusal("vault.compact", {})
  await setImmediate()
  await vault.ask("vault.lock", {})
  expect(await compacting).toMatchObject({ code: "VAULT_LOCKED" })
  await vault.unlock()
  expect(await rulesBroken(vault)).toEqual([])
})

test("a vault that is locked while a thread has it opens again at once, in the same program too", async () => {
  using vault = await opened()
  const compacting = vault.refusal("vault.compact", {})
  await setImmediate()
  vault.lock()
  await vault.unlock()
  expect(await compacting).toMatchObject({ code: "VAULT_LOCKED" })
  expect(await rulesBroken(vault)).toEqual([])
})

test("nobody else begins with the files of a locked vault before the thread has ended", async () => {
  using vault = await opened()
  using other = new TestVault(vault.folder)
  const verifying = vault.refusal("vault.verify", {})
  await setImmediate()
  vault.lock()
  expect(await other.unlockRefusal()).toMatchObject({ code: "VAULT_BUSY" })
  expect(await verifying).toMatchObject({ code: "VAULT_LOCKED" })
  await other.unlock()
})

test("a database that came back as another one locks the vault", async () => {
  using vault = await opened()
  const older = readFileSync(join(vault.path, "inventory.db"))
  await vault.generate("newer")
  const verifying = vault.refusal("vault.verify", {})
  await setImmediate()
  writeFileSync(join(vault.path, "inventory.db"), older)
  expect(await verifying).toMatchObject({ code: "INTEGRITY_FAILED" })
  expect(vault.claviger.isUnlocked()).toBe(false)
})

/** SQLite itself goes on at some pages that it can't read, and says so, and ends at others: that depends on their order. */
const unread = {
  deks: /the pages of the file can't be read to the end|unable to get the page/,
  tags: /the full-text index can't be read to the end/,
} as const

test.for(["deks", "tags"] as const)(
  "a page of %s that can't be read is told of, and the others are looked at",
  async (table) => {
    using vault = TestVault.copyOf(original)
    const root = editDatabase(await internalsOf(vault.path), (db) =>
      db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = ?").pluck().get(table),
    )
    damagePage(join(vault.path, "inventory.db"), Number(root))
    await vault.unlock("correct horse battery staple", true)
    const { problems, checked } = await vault.ask("vault.verify", {})
    const messages = problems.map(({ message }) => message)
    expect(messages).toContainEqual(expect.stringMatching(unread[table]))
    expect(messages).not.toContain("what was destroyed can't be read to the end: the file is damaged")
    expect(checked.auditRows).toBeGreaterThan(texts)
  },
)

test("no key is destroyed while a backup is made that may hold it, also once the thread has copied it", async () => {
  using vault = await opened()
  const making = vault.ask("vault.backup", { out: join(vault.folder, "meanwhile.clvbackup") })
  const destroying = { name: "text 1", reason: "x", confirmed: true }
  expect(await vault.refusal("key.destroy", destroying)).toMatchObject({
    code: "STATE_DENIED",
    detail: "a backup is being made: try again when it is done",
  })
  await making
})

test("that the clock went back is logged once a session, also when a thread had the database in between", async () => {
  using vault = await opened()
  const year = 365 * 24 * 3_600_000
  vault.at = Date.now() - year
  await vault.generate("one")
  await vault.ask("vault.verify", {})
  await vault.generate("two")
  const { rows } = await vault.ask("audit.list", { action: "clock.went-back" })
  expect(rows).toHaveLength(1)
})

test("a backup of a large vault restores", async () => {
  using vault = await opened()
  const file = join(vault.folder, "large.clvbackup")
  const made = await vault.ask("vault.backup", { out: file })
  const to = join(vault.folder, "restored.claviger")
  expect(await vault.ask("vault.restore", { file, to, passphrase: passphrase() })).toMatchObject({
    keys: texts,
    auditHead: made.auditHead,
  })
  expect(readdirSync(vault.path).sort()).toEqual([
    "inventory.db",
    "inventory.db-wal",
    "vault.json",
    "vault.json.2",
    "vault.lock",
  ])
})

test("a backup that the system refuses is refused in its words", async () => {
  using vault = await opened()
  expect(
    await vault.refusal("vault.backup", { out: join(vault.folder, "no", "such", "folder.clvbackup") }),
  ).toMatchObject({
    code: "IO_ERROR",
  })
  expect(await rulesBroken(vault)).toEqual([])
})

test("a large vault has another key after a rekey, and everything in it", async () => {
  using vault = await opened()
  vault.lock()
  const before = await internalsOf(vault.path)
  await vault.unlock()
  await vault.ask("vault.rekey", { passphrase: passphrase(), alsoPassphrases: [], confirmed: true })
  expect(await rulesBroken(vault)).toEqual([])
  vault.lock()
  expect(() => editDatabase(before, () => undefined)).toThrow("the key is not the database's")
})

test("a vault that is locked during its rekey stays locked when that is done", async () => {
  using vault = await opened()
  const rekeying = vault.ask("vault.rekey", { passphrase: passphrase(), alsoPassphrases: [], confirmed: true })
  while (vault.claviger.isUnlocked()) await setImmediate()
  await vault.ask("vault.lock", {})
  expect((await rekeying).keyslots).toHaveLength(1)
  expect(vault.claviger.isUnlocked()).toBe(false)
  await vault.unlock()
  expect(await rulesBroken(vault)).toEqual([])
})
