import { afterAll, beforeAll, expect, test } from "vitest"
import { editDatabase, internalsOf, internalsOfCopy, type VaultInternals } from "../support/vault-internals.ts"
import { TestVault } from "../support/vaults.ts"

/** A vault with two keyrings, one of which got a policy twice; locked. */
let original: TestVault
let internals: VaultInternals

beforeAll(async () => {
  original = await TestVault.create()
  await original.ask("keyring.create", { name: "strict" })
  await original.ask("keyring.policy", { name: "strict", set: { profile: "nist-2030" } })
  await original.ask("keyring.policy", { name: "strict", set: { profile: "cnsa-2.0" } })
  original.lock()
  internals = await internalsOf(original.path)
})

afterAll(() => original[Symbol.dispose]())

const ofStrict = "keyring_id = (SELECT id FROM keyrings WHERE name = 'strict')"
const edits: readonly (readonly [what: string, sql: string, keyring: string])[] = [
  ["a policy says something else", `UPDATE policies SET stated = '{"profile":"personal"}' WHERE version = 2`, "strict"],
  ["a policy is no policy", "UPDATE policies SET stated = 'none' WHERE version = 2", "strict"],
  ["a policy is of another time", "UPDATE policies SET at = '2020-01-01T00:00:00.000Z' WHERE version = 2", "strict"],
  ["the newest policy is gone", "DELETE FROM policies WHERE version = 2", "strict"],
  ["all policies are gone", "DELETE FROM policies", "strict"],
  [
    "an older policy is the newest",
    `INSERT INTO policies SELECT keyring_id, 3, at, stated FROM policies WHERE version = 1`,
    "strict",
  ],
  [
    "a keyring that never had a policy has one",
    `UPDATE policies SET keyring_id = (SELECT id FROM keyrings WHERE name = 'personal') WHERE ${ofStrict}`,
    "personal",
  ],
]

async function edited(sql: string): Promise<TestVault> {
  const vault = TestVault.copyOf(original)
  editDatabase(internalsOfCopy(vault.path, internals), (db) => db.exec(sql))
  await vault.unlock()
  return vault
}

test.for(edits)("when %s, nothing is made in its keyring", async ([, sql, keyring]) => {
  using vault = await edited(sql)
  const refused = await vault.refusal("key.generate", { name: "new", algorithm: "aes-128", keyring })
  expect(refused).toMatchObject({ code: "INTEGRITY_FAILED" })
})

test.for(edits)("when %s, vault verify says so", async ([, sql]) => {
  using vault = await edited(sql)
  const { ok, problems } = await vault.ask("vault.verify", {})
  expect(ok).toBe(false)
  expect(problems.map(({ rule }) => rule)).toContain("policies")
})

test("an older version that was edited is found by vault verify", async () => {
  using vault = await edited(`UPDATE policies SET stated = '{"profile":"personal"}' WHERE version = 1`)
  const { problems } = await vault.ask("vault.verify", {})
  expect(problems).toMatchObject([{ rule: "policies", target: "version 1 of the policy of strict" }])
})
