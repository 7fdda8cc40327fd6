import { statSync } from "node:fs"
import { join } from "node:path"
import { setImmediate } from "node:timers/promises"
import { expect, test } from "vitest"
import { TestVault } from "../support/vaults.ts"

const databaseSize = (vault: TestVault): number => statSync(join(vault.path, "inventory.db")).size

async function addKeys(vault: TestVault, count: number): Promise<void> {
  vault.claviger.group.begin()
  for (let number = 1; number <= count; number += 1) await vault.generate(`key ${number}`)
  vault.claviger.group.commit()
}

test("a large commit is copied from the write-ahead log into the database in the turn after it", async () => {
  using vault = await TestVault.create()
  const before = databaseSize(vault)
  await addKeys(vault, 1_000)
  expect(databaseSize(vault)).toBe(before)
  await setImmediate()
  expect(databaseSize(vault)).toBeGreaterThan(before + 500_000)
})

test("a small commit stays in the write-ahead log", async () => {
  using vault = await TestVault.create()
  const before = databaseSize(vault)
  await addKeys(vault, 10)
  await setImmediate()
  expect(databaseSize(vault)).toBe(before)
})
