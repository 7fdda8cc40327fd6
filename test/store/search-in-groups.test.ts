import { afterAll, beforeAll, expect, test } from "vitest"
import { editDatabase, internalsOf } from "../support/vault-internals.ts"
import { TestVault } from "../support/vaults.ts"

/** A vault with a keyring whose KEK is gone: a key can't be stored there, which shows only when its row is written. */
let original: TestVault

beforeAll(async () => {
  original = await TestVault.create()
  await original.ask("keyring.create", { name: "broken" })
  await original.generate("old name")
  original.lock()
  editDatabase(await internalsOf(original.path), (db) => {
    db.exec("DELETE FROM keyring_keks WHERE keyring_id = (SELECT id FROM keyrings WHERE name = 'broken')")
  })
})

afterAll(() => original[Symbol.dispose]())

async function opened(): Promise<TestVault> {
  const vault = TestVault.copyOf(original)
  await vault.unlock()
  return vault
}

async function found(vault: TestVault, query: string): Promise<string[]> {
  const { keys } = await vault.ask("key.list", { query })
  return keys.map(({ name }) => name)
}

async function searchProblems(vault: TestVault): Promise<number> {
  const { problems } = await vault.ask("vault.verify", {})
  return problems.filter(({ rule }) => rule === "search").length
}

test("a key is found while its group goes on, and after it", async () => {
  using vault = await opened()
  vault.claviger.group.begin()
  await vault.generate("fresh one")
  expect(await found(vault, "fresh")).toEqual(["fresh one"])
  await vault.generate("fresh two")
  vault.claviger.group.commit()
  expect(await found(vault, "fresh")).toEqual(["fresh one", "fresh two"])
  expect(await searchProblems(vault)).toBe(0)
})

test("a key renamed in a group is found by its new name only", async () => {
  using vault = await opened()
  vault.claviger.group.begin()
  await vault.ask("key.set", { name: "old name", rename: "middle" })
  await vault.ask("key.set", { name: "middle", rename: "final" })
  vault.claviger.group.commit()
  expect(await found(vault, "old")).toEqual([])
  expect(await found(vault, "middle")).toEqual([])
  expect(await found(vault, "final")).toEqual(["final"])
  expect(await searchProblems(vault)).toBe(0)
})

test("an operation that fails after its row was written leaves nothing to be found, and its neighbours stay", async () => {
  using vault = await opened()
  vault.claviger.group.begin()
  for (let i = 0; i < 150; i++) await vault.generate(`before ${i}`)
  expect(
    await vault.refusal("key.generate", { name: "failed", algorithm: "aes-256", keyring: "broken" }),
  ).toMatchObject({
    code: "INTEGRITY_FAILED",
  })
  await vault.generate("after")
  vault.claviger.group.commit()
  expect(await found(vault, "failed")).toEqual([])
  expect(await found(vault, "before")).toHaveLength(100)
  expect(await found(vault, "after")).toEqual(["after"])
  expect(await searchProblems(vault)).toBe(0)
})

test("what a group that was undone had added is not found, nor written with the next change", async () => {
  using vault = await opened()
  vault.claviger.group.begin()
  await vault.generate("undone")
  vault.claviger.group.rollback()
  await vault.generate("done")
  expect(await found(vault, "undone")).toEqual([])
  expect(await found(vault, "done")).toEqual(["done"])
  expect(await searchProblems(vault)).toBe(0)
})
