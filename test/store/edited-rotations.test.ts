import { afterAll, beforeAll, expect, test } from "vitest"
import { editDatabase, internalsOf, internalsOfCopy, type VaultInternals } from "../support/vault-internals.ts"
import { TestVault } from "../support/vaults.ts"

/** A vault in which a key rotates by steps, with two data keys that it knows; locked. */
let original: TestVault
let internals: VaultInternals

beforeAll(async () => {
  original = await TestVault.create()
  await original.generate("app")
  await original.ask("key.datakey", { name: "app", register: "a" })
  await original.ask("key.datakey", { name: "app", register: "b" })
  await original.ask("rotation.start", { name: "app" })
  original.lock()
  internals = await internalsOf(original.path)
})

afterAll(() => original[Symbol.dispose]())

const edits: readonly (readonly [what: string, sql: string, rule: string])[] = [
  ["a rotation is gone", "DELETE FROM rotations", "rotations"],
  [
    "a rotation is further than it was",
    `UPDATE rotations SET state = json_set(state, '$.phase', 'switched', '$.graceEndsAt', '2020-01-01T00:00:00.000Z')`,
    "rotations",
  ],
  ["a data key is gone", "DELETE FROM data_keys WHERE label = 'a'", "data-keys"],
  ["a data key has another one's place", "UPDATE data_keys SET label = 'c' WHERE label = 'a'", "data-keys"],
  [
    "a data key stands in another's place",
    "UPDATE data_keys SET wrapped = (SELECT wrapped FROM data_keys WHERE label = 'b')",
    "data-keys",
  ],
]

test.for(edits)("when %s, vault verify says so", async ([, sql, rule]) => {
  using vault = TestVault.copyOf(original)
  editDatabase(internalsOfCopy(vault.path, internals), (db) => db.exec(sql))
  await vault.unlock()
  const { problems } = await vault.ask("vault.verify", {})
  expect(problems.map((problem) => problem.rule)).toContain(rule)
})

test.for(edits.filter(([, , rule]) => rule === "rotations"))(
  "when %s, it goes no further, nor does another one begin",
  async ([, sql]) => {
    using vault = TestVault.copyOf(original)
    editDatabase(internalsOfCopy(vault.path, internals), (db) => db.exec(sql))
    await vault.unlock()
    for (const operation of ["rotation.show", "rotation.advance", "key.rotate"] as const)
      expect(await vault.refusal(operation, { name: "app" })).toMatchObject({ code: "INTEGRITY_FAILED" })
  },
)

test("what nobody edited is whole", async () => {
  using vault = TestVault.copyOf(original)
  await vault.unlock()
  expect((await vault.ask("vault.verify", {})).problems).toEqual([])
})
