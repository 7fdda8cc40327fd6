import { afterAll, beforeAll, expect, test } from "vitest"
import { editDatabase, internalsOf, internalsOfCopy, type VaultInternals } from "../support/vault-internals.ts"
import { TestVault, utf8 } from "../support/vaults.ts"

/** A vault with a compromised key, its incident, and a rehearsal about another key; locked. */
let original: TestVault
let internals: VaultInternals

beforeAll(async () => {
  original = await TestVault.create()
  await original.generate("leaked")
  await original.ask("key.encrypt", { name: "leaked", plaintext: utf8("salary") })
  await original.ask("key.compromise", { name: "leaked", reason: "laptop stolen" })
  await original.ask("incident.step", { incident: "leaked", step: "replace", owner: "ann" })
  await original.generate("rehearsed")
  await original.ask("key.compromise", { name: "rehearsed", reason: "drill", rehearse: true })
  original.lock()
  internals = await internalsOf(original.path)
})

afterAll(() => original[Symbol.dispose]())

async function edited(sql: string): Promise<TestVault> {
  const vault = TestVault.copyOf(original)
  editDatabase(internalsOfCopy(vault.path, internals), (db) => expect(db.prepare(sql).run().changes).toBeGreaterThan(0))
  await vault.unlock()
  return vault
}

const ofLeaked = "WHERE key_row = (SELECT row FROM keys WHERE name = 'leaked')"
const keyEdits: readonly (readonly [what: string, sql: string])[] = [
  ["the key is active again", "UPDATE keys SET state = 'active' WHERE name = 'leaked'"],
  ["the key is only deactivated", "UPDATE keys SET state = 'deactivated' WHERE name = 'leaked'"],
  ["its version is active again", `UPDATE key_versions SET state = 'active' ${ofLeaked}`],
  ["its version is only suspended", `UPDATE key_versions SET state = 'suspended' ${ofLeaked}`],
]

test.for(keyEdits)("when %s though it was compromised, it does nothing, and verifying says so", async ([, sql]) => {
  using vault = await edited(sql)
  const refused = await vault.refusal("key.encrypt", { name: "leaked", plaintext: utf8("salary") })
  expect(refused.code).toBe("INTEGRITY_FAILED")
  const { ok, problems } = await vault.ask("vault.verify", {})
  expect(ok).toBe(false)
  expect(problems.length).toBeGreaterThan(0)
})

const set = (member: string, value: string) =>
  `UPDATE incidents SET document = json_set(document, '${member}', ${value}) WHERE document ->> '$.key.name' = 'leaked'`
const incidentEdits: readonly (readonly [what: string, sql: string])[] = [
  ["an incident is closed", set("$.closedAt", "'2026-03-01T00:00:00.000Z'")],
  ["a step is done", set("$.steps[1].state", "'done'")],
  ["a step is another's", set("$.steps[1].owner", "'eve'")],
  ["a step is due later", set("$.steps[1].dueAt", "'2099-01-01T00:00:00.000Z'")],
  ["the blast radius is empty", set("$.blastRadius", "json('[]')")],
  ["it was a rehearsal only", set("$.rehearsal", "json('true')")],
  ["an incident is gone", "DELETE FROM incidents WHERE document ->> '$.key.name' = 'leaked'"],
  [
    "an incident is about another key",
    "UPDATE incidents SET document = (SELECT document FROM incidents WHERE document ->> '$.key.name' = 'rehearsed')",
  ],
]

test.for(incidentEdits)(
  "when %s behind the log's back, incidents are not shown, and verifying says so",
  async ([, sql]) => {
    using vault = await edited(sql)
    expect((await vault.refusal("incident.list", {})).code).toBe("INTEGRITY_FAILED")
    expect((await vault.refusal("incident.show", { incident: "leaked" })).code).toBe("INTEGRITY_FAILED")
    const { problems } = await vault.ask("vault.verify", {})
    expect(problems.map(({ rule }) => rule)).toContain("incidents")
  },
)

test("a vault with incidents verifies", async () => {
  using vault = TestVault.copyOf(original)
  await vault.unlock()
  expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true, problems: [] })
})

/** Every row of every table but the log, the incidents, and what counts the log's rows. */
function rowsOf(vault: TestVault): unknown {
  return editDatabase(internalsOfCopy(vault.path, internals), (db) => {
    const tables = db
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('audit', 'incidents', 'settings') ORDER BY 1",
      )
      .pluck()
      .all()
    return tables.map((table) => [table, db.prepare(`SELECT * FROM "${table}"`).all()])
  })
}

test("a rehearsal, with all of its steps to the end, changes nothing but the log and the incidents", async () => {
  using vault = TestVault.copyOf(original)
  const before = rowsOf(vault)
  await vault.unlock()
  await vault.ask("key.compromise", { name: "rehearsed", reason: "drill", rehearse: true })
  for (const step of ["contain", "replace", "destroy"] as const) {
    await vault.ask("incident.step", { incident: "rehearsed", step, state: "done" })
  }
  await vault.ask("incident.close", { incident: "rehearsed", rootCause: "it was a drill" })
  expect((await vault.ask("key.show", { name: "rehearsed" })).state).toBe("active")
  vault.lock()
  expect(rowsOf(vault)).toEqual(before)
})
