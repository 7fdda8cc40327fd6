import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { pageSize } from "../support/encrypted-pages.ts"
import { passphrase, TestVault, utf8 } from "../support/vaults.ts"

let vault: TestVault
let whole: Buffer
let database: string

beforeAll(async () => {
  vault = await TestVault.create()
  for (const name of ["one", "two", "three"]) {
    await vault.ask("key.import", { name, file: utf8(name.repeat(3000)), format: "raw", algorithm: "secret" })
  }
  vault.lock()
  database = join(vault.path, "inventory.db")
  whole = readFileSync(database)
})

afterAll(() => vault[Symbol.dispose]())

test("a vault with a damaged page is refused, or opens and is reported as damaged, whichever page it is", async () => {
  const verdicts: string[] = []
  for (let page = 0; page < whole.length / pageSize; page++) {
    const damaged = Buffer.from(whole)
    damaged.writeUInt8(damaged.readUInt8(page * pageSize + 2000) ^ 1, page * pageSize + 2000)
    writeFileSync(database, damaged)
    verdicts.push(await verdict())
    vault.lock()
    writeFileSync(database, whole)
  }
  expect(new Set(verdicts)).toEqual(new Set(["VAULT_CORRUPT", "reported"]))
  expect(verdicts.filter((each) => each === "reported").length).toBeGreaterThan(3)
}, 60_000)

async function verdict(): Promise<string> {
  const reply = await vault.claviger.dispatch("vault.unlock", {
    path: vault.path,
    passphrase: passphrase(),
    acceptRollback: true,
  })
  if (!reply.ok) return reply.error.code
  const { ok, problems } = await vault.ask("vault.verify", {})
  return !ok && problems.some(({ rule }) => rule === "pages") ? "reported" : `overlooked: ${JSON.stringify(problems)}`
}
