import { afterAll, beforeAll, expect, test } from "vitest"
import type { EditedKeys } from "../../main/composition/check-inventory.ts"
import { InventoryGate } from "../support/inventory-gate.ts"
import { editDatabase, internalsOf, internalsOfCopy, type VaultInternals } from "../support/vault-internals.ts"
import { TestVault } from "../support/vaults.ts"

// T37: what was edited past the log, by somebody with the key of the database, is noticed when the vault is opened.

/** Of some keys, one compromised and one that ends; locked. */
let original: TestVault
let internals: VaultInternals

beforeAll(async () => {
  original = await TestVault.create()
  await original.generate("known to others")
  await original.ask("key.compromise", { name: "known to others", reason: "leaked" })
  await original.generate("suspended")
  await original.ask("key.suspend", { name: "suspended", reason: "on leave" })
  await original.generate("ends", { expires: "2099-01-01" })
  for (let number = 1; number <= 5; number += 1) await original.generate(`other ${number}`)
  original.lock()
  internals = await internalsOf(original.path)
})

afterAll(() => original[Symbol.dispose]())

const clearsCompromise = `UPDATE keys SET state = 'active' WHERE name = 'known to others';
  UPDATE key_versions SET state = 'active' WHERE key_row = (SELECT row FROM keys WHERE name = 'known to others')`
const resumes = "UPDATE keys SET state = 'active' WHERE name = 'suspended'"
const prolongs = "UPDATE keys SET expires_at = '2199-01-01T00:00:00.000Z' WHERE name = 'ends'"

/** A locked copy that was edited, and what is told of it. */
function edited(sql: string) {
  const told: EditedKeys[] = []
  const vault = TestVault.copyOf(original, { tellEditedKeys: (found) => told.push(found) })
  editDatabase(internalsOfCopy(vault.path, internals), (db) => db.exec(sql))
  return { vault, told }
}

/** The same of a vault that is too large to be checked at once. */
function editedLarge(sql: string) {
  const gate = new InventoryGate()
  const vault = TestVault.copyOf(original, gate)
  editDatabase(internalsOfCopy(vault.path, internals), (db) => db.exec(sql))
  return { vault, gate }
}

const logged = async (vault: TestVault) => (await vault.ask("audit.list", { action: "inventory.edited" })).rows

test.for([
  ["a compromise was cleared", clearsCompromise, "known to others"],
  ["a state was edited", resumes, "suspended"],
  ["a date was moved", prolongs, "ends"],
] as const)("when %s, it is told and logged by the time the vault is open", async ([, sql, name]) => {
  const { vault, told } = edited(sql)
  using _ = vault
  await vault.unlock()
  expect(told).toEqual([{ keys: 1, names: [name], ids: [expect.any(String)] }])
  expect(await logged(vault)).toMatchObject([
    { actor: "tester", target: null, outcome: "failed", detail: { keys: 1, names: [name] } },
  ])
  expect(vault.bugs).toEqual([])
})

test("of many keys the first five are named, and all are counted", async () => {
  const { vault, told } = edited("UPDATE keys SET owner = 'eve'")
  using _ = vault
  await vault.unlock()
  expect(told).toMatchObject([{ keys: 8, names: ["known to others", "suspended", "ends", "other 1", "other 2"] }])
})

test("nothing is told of a vault that nobody edited", async () => {
  const { vault, told } = edited("SELECT 1")
  using _ = vault
  await vault.unlock()
  await vault.ask("key.rotate", { name: "ends" })
  vault.lock()
  await vault.unlock()
  expect(told).toEqual([])
  expect(await logged(vault)).toEqual([])
})

test("it is told again at each opening, and what was logged of it makes the edit no truth", async () => {
  const { vault, told } = edited(clearsCompromise)
  using _ = vault
  await vault.unlock()
  vault.lock()
  await vault.unlock()
  expect(told).toHaveLength(2)
  expect(await vault.refusal("key.show", { name: "known to others" })).toMatchObject({ code: "INTEGRITY_FAILED" })
  const { problems } = await vault.ask("vault.verify", {})
  expect(problems).toMatchObject([{ rule: "inventory", target: "known to others" }])
})

test("it keeps nobody out: all other keys are at work", async () => {
  const { vault } = edited(clearsCompromise)
  using _ = vault
  await vault.unlock()
  expect(await vault.ask("key.show", { name: "other 1" })).toMatchObject({ state: "active" })
  await vault.generate("new")
})

test("a key whose row can't be understood, or whose keyring is gone, is named too", async () => {
  const { vault, told } = edited(`UPDATE keys SET algorithm = 'rot13' WHERE name = 'other 1';
    UPDATE keys SET keyring_id = 'none' WHERE name = 'other 2'`)
  using _ = vault
  await vault.unlock()
  expect(told).toMatchObject([{ keys: 2, names: ["other 1", "other 2"] }])
  expect(vault.bugs).toEqual([])
})

test("a large vault is open at once, and what was edited in it is found while it is open", async () => {
  const { vault, gate } = editedLarge(clearsCompromise)
  using _ = vault
  await vault.unlock()
  expect(gate.told).toEqual([])
  while (gate.told.length === 0) await gate.open()
  expect(gate.told).toMatchObject([{ keys: 1, names: ["known to others"] }])
  expect(await logged(vault)).toHaveLength(1)
})

test("the check of a large vault stops when it is locked", async () => {
  const { vault, gate } = editedLarge(clearsCompromise)
  using _ = vault
  await vault.unlock()
  const { rests } = gate
  await vault.ask("vault.lock", {})
  await gate.open()
  await gate.open()
  expect(gate.rests).toBe(rests)
  expect(gate.told).toEqual([])
  expect(vault.bugs).toEqual([])
})

test("what is found while a group is open is told, and the group is kept", async () => {
  const { vault, gate } = editedLarge(clearsCompromise)
  using _ = vault
  await vault.unlock()
  vault.claviger.group.begin()
  await vault.generate("in the group")
  while (gate.told.length === 0) await gate.open()
  vault.claviger.group.commit()
  expect(await logged(vault)).toHaveLength(1)
  expect(await vault.ask("key.show", { name: "in the group" })).toMatchObject({ state: "active" })
})
