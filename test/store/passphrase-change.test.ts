import { cpSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { lowMemoryKdf, passphrase, TestVault } from "../support/vaults.ts"

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create()
  await vault.generate("a key")
})

afterEach(() => vault[Symbol.dispose]())

const headers = ["vault.json", "vault.json.2"]

function keepHeaders(): () => void {
  for (const name of headers) cpSync(join(vault.path, name), join(vault.folder, name))
  return () => {
    for (const name of headers) cpSync(join(vault.folder, name), join(vault.path, name))
  }
}

test("a new passphrase opens the vault, the old one does not, and the change says that old copies still open", async () => {
  const changed = await vault.ask("vault.passwd", { newPassphrase: passphrase("new") })
  expect(changed.oldCopiesStillOpen).toBe(true)
  vault.lock()
  expect(await vault.unlockRefusal()).toMatchObject({ code: "WRONG_PASSPHRASE" })
  await vault.unlock("new")
  expect((await vault.ask("audit.list", { action: "vault.passwd" })).rows).toHaveLength(1)
})

test("an old header put back, with its old passphrase, is noticed", async () => {
  const putBack = keepHeaders()
  await vault.ask("vault.passwd", { newPassphrase: passphrase("new") })
  vault.lock()
  putBack()
  const { code, detail } = await vault.unlockRefusal()
  expect(code).toBe("ROLLBACK_DETECTED")
  expect(detail).toMatch(/header/)
})

test("an old header is noticed also where the vault was never opened before", async () => {
  const putBack = keepHeaders()
  await vault.ask("vault.passwd", { newPassphrase: passphrase("new") })
  vault.lock()
  putBack()
  using elsewhere = new TestVault(vault.folder, {}, join(vault.folder, "another machine"))
  expect(await elsewhere.unlockRefusal()).toMatchObject({ code: "ROLLBACK_DETECTED" })
})

test("an old header opens only when that is accepted, which the log says", async () => {
  const putBack = keepHeaders()
  await vault.ask("vault.passwd", { newPassphrase: passphrase("new") })
  vault.lock()
  putBack()
  await vault.unlock(undefined, true)
  const { rows } = await vault.ask("audit.list", { action: "vault.unlock" })
  expect(rows.at(-1)?.detail["notes"]).toEqual(["rollback-accepted: header"])
})

test("after a rekey the old header and the old passphrase no longer open the new database", async () => {
  const putBack = keepHeaders()
  await vault.ask("vault.rekey", { passphrase: passphrase(), alsoPassphrases: [], confirmed: true })
  vault.lock()
  putBack()
  expect(await vault.unlockRefusal()).toMatchObject({ code: "VAULT_CORRUPT" })
  using elsewhere = new TestVault(vault.folder, {}, join(vault.folder, "another machine"))
  expect((await elsewhere.claviger.dispatch("vault.unlock", unlocking(elsewhere))).ok).toBe(false)
})

function unlocking({ path }: TestVault) {
  return { path, passphrase: passphrase(), acceptRollback: true }
}

test("new costs keep the passphrase, change the salt, and are in the header", async () => {
  const before = readFileSync(join(vault.path, "vault.json"), "utf8")
  const kdf = { ...lowMemoryKdf, passes: 3 }
  const changed = await vault.ask("vault.kdf", { passphrase: passphrase(), kdf })
  expect(changed).toMatchObject({ kdf, slot: { id: expect.any(String), kind: "passphrase", kdf: { passes: 3 } } })
  vault.lock()
  await vault.unlock()
  const salt = /"salt": "([^"]+)"/
  const after = readFileSync(join(vault.path, "vault.json"), "utf8")
  expect(after).toContain('"passes": 3')
  expect(salt.exec(after)?.[1]).not.toBe(salt.exec(before)?.[1])
})

test.for([
  { ...lowMemoryKdf, passes: 1 },
  { memoryKiB: 19_456, passes: 2, lanes: 1 },
  { memoryKiB: 8 * 1024 * 1024, passes: 3, lanes: 4 },
])("costs of %o can't be chosen", async (kdf) => {
  expect(await vault.refusal("vault.kdf", { passphrase: passphrase(), kdf })).toMatchObject({ code: "POLICY_DENIED" })
  const path = join(vault.folder, "other.claviger")
  const creation = { path, passphrase: passphrase(), kdf }
  expect(await vault.refusal("vault.create", creation)).toMatchObject({ code: "POLICY_DENIED" })
})

test("new costs with a wrong passphrase change nothing", async () => {
  const before = readFileSync(join(vault.path, "vault.json"))
  const wrong = { passphrase: passphrase("wrong"), kdf: lowMemoryKdf }
  expect(await vault.refusal("vault.kdf", wrong)).toMatchObject({ code: "WRONG_PASSPHRASE" })
  expect(readFileSync(join(vault.path, "vault.json")).equals(before)).toBe(true)
})
