import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { z } from "zod"
import { VaultLock } from "../../main/store/vault-lock.ts"
import { temporaryFolder } from "../support/temporary-folder.ts"
import { TestVault } from "../support/vaults.ts"
import { oftenOpeningProcess, otherProcess } from "./other-process.ts"

let original: TestVault

beforeAll(async () => {
  original = await TestVault.create()
  await original.generate("a key")
  original.lock()
})

afterAll(() => original[Symbol.dispose]())

const lockOf = ({ path }: TestVault) => join(path, "vault.lock")

test("the lock is there while the vault is open, and gone after", async () => {
  using vault = TestVault.copyOf(original)
  await vault.unlock()
  expect(JSON.parse(readFileSync(lockOf(vault), "utf8"))).toMatchObject({ pid: process.pid })
  vault.lock()
  expect(new Set(readdirSync(vault.path))).toEqual(new Set(["inventory.db", "vault.json", "vault.json.2"]))
})

test("whoever is patient gets the lock when it is let go of, and others are told that the vault is busy", async () => {
  using folder = temporaryFolder()
  const lock = VaultLock.take(folder.file("vault.lock"))
  for (const patience of [0, 50]) {
    await expect(VaultLock.takeWithin(folder.file("vault.lock"), patience)).rejects.toMatchObject({
      code: "VAULT_BUSY",
    })
  }
  const waiting = VaultLock.takeWithin(folder.file("vault.lock"), 60_000)
  lock[Symbol.dispose]()
  using _ = await waiting
  expect(existsSync(folder.file("vault.lock"))).toBe(true)
})

test("a second process finds the vault busy, before and after it was asked for the passphrase", async () => {
  using vault = TestVault.copyOf(original)
  await vault.unlock()
  await using other = otherProcess(vault, "unlock")
  expect(await other.hear()).toEqual({ refused: expect.stringContaining("VAULT_BUSY"), bugs: [] })
  await vault.generate("still here")
})

test("a vault whose owner was killed is taken over", async () => {
  using vault = TestVault.copyOf(original)
  const other = otherProcess(vault, "change")
  await other.hear()
  expect(await vault.unlockRefusal()).toMatchObject({
    code: "VAULT_BUSY",
    detail: expect.stringContaining(`${other.pid}`),
  })
  await other[Symbol.asyncDispose]()
  expect(existsSync(lockOf(vault))).toBe(true)
  await vault.unlock()
  expect((await vault.ask("key.list", {})).keys).toHaveLength(4)
})

test("a stopped owner is alive: its vault is busy", async () => {
  using vault = TestVault.copyOf(original)
  await using other = otherProcess(vault, "unlock")
  await other.hear()
  process.kill(other.pid, "SIGSTOP")
  expect(await vault.unlockRefusal()).toMatchObject({ code: "VAULT_BUSY" })
})

test("a deleted lock file lets nobody in while the owner is there", async () => {
  using vault = TestVault.copyOf(original)
  await using other = otherProcess(vault, "unlock")
  await other.hear()
  writeFileSync(lockOf(vault), "")
  expect(await vault.unlockRefusal()).toMatchObject({ code: "VAULT_BUSY" })
})

const stale: readonly (readonly [what: string, lock: string])[] = [
  ["empty", ""],
  ["not JSON", "\0\0\0\0"],
  ["of a process that never was", JSON.stringify({ pid: 2 ** 30, startedAt: "x" })],
  ["of this pid at another time", JSON.stringify({ pid: process.ppid, startedAt: "another boot/1" })],
  ["of pid 0", JSON.stringify({ pid: 0, startedAt: "x" })],
  ["of a negative pid", JSON.stringify({ pid: -1, startedAt: "x" })],
]

test.for(stale)("a lock that is %s is taken over", async ([, lock]) => {
  using vault = TestVault.copyOf(original)
  writeFileSync(lockOf(vault), lock)
  await vault.unlock()
  expect(JSON.parse(readFileSync(lockOf(vault), "utf8"))).toMatchObject({ pid: process.pid })
})

/** A hundred times each in a longer run. */
const times = process.env["CLAVIGER_LONG"] === "1" ? 100 : 10

test("two processes that open one vault over and over lose no row and damage nothing", {
  timeout: 300_000,
}, async () => {
  using vault = TestVault.copyOf(original)
  await using first = oftenOpeningProcess(vault, times)
  await using second = oftenOpeningProcess(vault, times)
  const written = (await Promise.all([first.hear(), second.hear()])).flatMap((rows) => z.array(z.number()).parse(rows))
  await vault.unlock()
  expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true, checked: { keys: 1 } })
  const { rows } = await vault.ask("audit.list", { action: "test", limit: 1000 })
  expect(rows.map(({ seq }) => seq)).toEqual(written.toSorted((a, b) => a - b))
  expect(rows).toHaveLength(2 * times)
  expect(new Set(rows.map(({ actor }) => actor)).size).toBe(2)
})
