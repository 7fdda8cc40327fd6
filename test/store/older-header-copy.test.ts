import { chmodSync, copyFileSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { lowMemoryKdf, passphrase, TestVault } from "../support/vaults.ts"

let vault: TestVault
let first: string
let second: string
let saved: string

beforeEach(async () => {
  vault = await TestVault.create()
  first = join(vault.path, "vault.json")
  second = join(vault.path, "vault.json.2")
  saved = join(vault.folder, "saved.json")
})

afterEach(() => vault[Symbol.dispose]())

/** Gives somebody a passphrase, takes it away again, and keeps the header from in between. */
async function revokeDeputy(): Promise<void> {
  const { slot } = await vault.ask("vault.slot.add", { newPassphrase: passphrase("deputy"), kdf: lowMemoryKdf })
  copyFileSync(first, saved)
  await vault.ask("vault.slot.remove", { id: slot.id, confirmed: true })
  vault.lock()
}

test("of an older and a newer copy the newer one counts, and the older is written again", async () => {
  await revokeDeputy()
  const newer = readFileSync(second)
  copyFileSync(saved, first)
  expect(await vault.unlock()).toMatchObject({ resumed: ["header-repaired"] })
  expect(readFileSync(first)).toEqual(newer)
})

test("a passphrase that only the older copy knows does not open the vault, accepted or not", async () => {
  await revokeDeputy()
  copyFileSync(saved, first)
  expect(await vault.unlockRefusal("deputy")).toMatchObject({ code: "ROLLBACK_DETECTED" })
  const accepting = { path: vault.path, passphrase: passphrase("deputy"), acceptRollback: true }
  expect(await vault.refusal("vault.unlock", accepting)).toMatchObject({ code: "ROLLBACK_DETECTED" })
})

test("a first copy from before a rekey gives way to the second", async () => {
  copyFileSync(first, saved)
  await vault.ask("vault.rekey", { passphrase: passphrase(), alsoPassphrases: [], confirmed: true })
  vault.lock()
  copyFileSync(saved, first)
  await vault.unlock()
  expect(readFileSync(first)).toEqual(readFileSync(second))
})

test.skipIf(process.platform === "win32")(
  "a vault that others could read is closed to them by its opening",
  async () => {
    vault.lock()
    chmodSync(vault.path, 0o755)
    for (const file of [first, second, join(vault.path, "inventory.db")]) chmodSync(file, 0o644)
    await vault.unlock()
    expect(statSync(vault.path).mode & 0o777).toBe(0o700)
    for (const file of [first, second, join(vault.path, "inventory.db")])
      expect(statSync(file).mode & 0o777).toBe(0o600)
  },
)
