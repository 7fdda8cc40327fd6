import { afterEach, beforeEach, expect, test } from "vitest"
import { TestVault } from "../../support/vaults.ts"

const start = Date.parse("2026-01-01T10:00:00Z")

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create({ at: start })
})

afterEach(() => vault[Symbol.dispose]())

const refused = async (name: string, times: number) => {
  for (let count = 0; count < times; count += 1) {
    await vault.refusal("key.sign", { name, message: new Uint8Array(1) })
  }
}
const notes = async () => (await vault.ask("audit.list", { action: "audit.unusual" })).rows

test("what is unusual is in the log once, with its key, and the log is still as it should be", async () => {
  await vault.generate("data")
  await refused("data", 12)
  const { unusual } = await vault.ask("audit.summary", {})
  expect(unusual).toMatchObject([{ kind: "failures", key: "data", rows: 12 }])
  await vault.ask("audit.summary", {})
  expect(await notes()).toMatchObject([{ target: "data", detail: { kind: "failures", rows: 12 } }])
  expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true, problems: [] })
})

test("what is as always is in no row", async () => {
  await vault.generate("data")
  await refused("data", 9)
  expect(await vault.ask("audit.summary", {})).toMatchObject({ unusual: [] })
  expect(await notes()).toEqual([])
})

test("a key goes by the policy of its keyring", async () => {
  await vault.ask("keyring.create", { name: "payroll" })
  await vault.ask("keyring.policy", { name: "payroll", set: { profile: "personal", unusual: { failures: 3 } } })
  await vault.generate("wages", { keyring: "payroll" })
  await vault.generate("data")
  for (const name of ["wages", "data"]) await refused(name, 4)
  const { unusual } = await vault.ask("audit.summary", {})
  expect(unusual.map(({ key }) => key)).toEqual(["wages"])
})
