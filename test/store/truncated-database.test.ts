import { appendFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { pageSize } from "../support/encrypted-pages.ts"
import { passphrase, TestVault } from "../support/vaults.ts"

let vault: TestVault
let whole: Buffer
let database: string

beforeAll(async () => {
  vault = await TestVault.create()
  for (let number = 1; number <= 5; number++) await vault.generate(`key ${number}`)
  vault.lock()
  database = join(vault.path, "inventory.db")
  whole = readFileSync(database)
})

afterAll(() => vault[Symbol.dispose]())

beforeEach(() => writeFileSync(database, whole))

/** Refused, and nothing was changed. */
async function expectCleanRefusal(): Promise<void> {
  const before = readFileSync(database)
  const { code } = await vault.unlockRefusal()
  expect(["VAULT_CORRUPT", "INTEGRITY_FAILED"]).toContain(code)
  expect(readFileSync(database).equals(before)).toBe(true)
  expect(vault.bugs).toEqual([])
}

test("a database cut at any page is refused and left as it is", async () => {
  for (let pages = whole.length / pageSize - 1; pages > 0; pages--) {
    truncateSync(database, pages * pageSize)
    await expectCleanRefusal()
  }
}, 60_000)

test.for([1 / 3, 2 / 3])("a database cut at %f of its length is refused and left as it is", async (part) => {
  truncateSync(database, Math.floor(whole.length * part))
  await expectCleanRefusal()
})

test.for([0, 1, 16, 100, 512, 1365, 4095])("a database of %i bytes is refused and left as it is", async (bytes) => {
  truncateSync(database, bytes)
  await expectCleanRefusal()
})

test("a database that is not there is refused, and none is made", async () => {
  rmSync(database)
  expect(await vault.unlockRefusal()).toMatchObject({ code: "VAULT_CORRUPT", detail: "inventory.db is missing" })
  expect(() => readFileSync(database)).toThrow(/ENOENT/)
})

test("a megabyte behind the database does no harm: all that was there is there", async () => {
  appendFileSync(database, Buffer.alloc(1024 * 1024, 0x5a))
  using copy = TestVault.copyOf(vault)
  await copy.unlock()
  expect(await copy.ask("vault.verify", {})).toMatchObject({ ok: true, checked: { keys: 5 } })
  await copy.generate("one more")
  copy.lock()
  await copy.unlock()
  expect(await copy.ask("vault.verify", {})).toMatchObject({ ok: true, checked: { keys: 6 } })
})

test("a database with any one page overwritten is refused, or its damage is found", async () => {
  for (let page = 0; page < whole.length / pageSize; page++) {
    const damaged = Buffer.from(whole)
    damaged.fill(0x5a, page * pageSize + 1000, page * pageSize + 1010)
    using copy = TestVault.copyOf(vault)
    writeFileSync(join(copy.path, "inventory.db"), damaged)
    const reply = await copy.claviger.dispatch("vault.unlock", { path: copy.path, passphrase: passphrase() })
    const found = reply.ok ? await copy.claviger.dispatch("vault.verify", {}) : reply
    expect(found).not.toMatchObject({ ok: true, result: { ok: true } })
    expect(copy.bugs).toEqual([])
  }
}, 60_000)
