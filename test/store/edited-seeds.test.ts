import { afterAll, beforeAll, expect, test } from "vitest"
import { editDatabase, internalsOf, internalsOfCopy, type VaultInternals } from "../support/vault-internals.ts"
import { passphrase, TestVault } from "../support/vaults.ts"

/** A vault with a seed of which everything came that can come, locked. */
let original: TestVault
let internals: VaultInternals

beforeAll(async () => {
  original = await TestVault.create()
  await original.ask("seed.generate", { name: "savings", words: 12 })
  await original.ask("seed.generate", { name: "attacker", words: 12 })
  await original.ask("seed.addresses", { name: "savings", standard: "bip84", count: 3 })
  const consent = { passphrase: passphrase(), confirmed: true }
  await original.ask("seed.child", { name: "savings", child: { kind: "hex" }, ...consent })
  original.lock()
  internals = await internalsOf(original.path)
})

afterAll(() => original[Symbol.dispose]())

const keyRow = (name: string) => `(SELECT row FROM keys WHERE name = '${name}')`

const edits = [
  [
    "another one's public key, whose addresses would be shown",
    `UPDATE seed_accounts SET xpub = (SELECT theirs.xpub FROM seed_accounts AS theirs
     WHERE theirs.key_row = ${keyRow("attacker")} AND theirs.path = seed_accounts.path) WHERE key_row = ${keyRow("savings")}`,
  ],
  ["an account of another seed", `UPDATE seed_accounts SET wallet = '00000000' WHERE key_row = ${keyRow("savings")}`],
  ["another address", `UPDATE seed_addresses SET address = 'bc1q' WHERE path LIKE '%/0/1'`],
  ["an address fewer", "DELETE FROM seed_addresses WHERE path LIKE '%/0/2'"],
  ["a child that was never given", `DELETE FROM seed_children WHERE key_row = ${keyRow("savings")}`],
] as const

test.for(edits)("%s in the register is noticed before an address is shown", async ([, sql]) => {
  using vault = TestVault.copyOf(original)
  editDatabase(internalsOfCopy(vault.path, internals), (db) => db.exec(sql))
  await vault.unlock()
  const refused = await vault.refusal("seed.addresses", { name: "savings", standard: "bip84" })
  expect(refused.code).toBe("INTEGRITY_FAILED")
  const { problems } = await vault.ask("vault.verify", {})
  expect(problems).toMatchObject([{ rule: "inventory", target: "savings" }])
})

test("without an edit nothing is noticed", async () => {
  using vault = TestVault.copyOf(original)
  await vault.unlock()
  expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true })
})
