import { readdirSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { z } from "zod"
import { sharedMaterials } from "../../main/store/shared-materials.ts"
import type { VaultDb } from "../../main/store/vault-database.ts"
import { KeyState } from "../../preload/contract/values.ts"
import { SeededRandom } from "../support/seeded-random.ts"
import { editDatabase, internalsOf, type VaultInternals } from "../support/vault-internals.ts"
import { passphrase, TestVault, utf8 } from "../support/vaults.ts"

const keys = 8
const working = ["pre-active", "active", "suspended"]

let vault: TestVault
let internals: VaultInternals

beforeAll(async () => {
  vault = await TestVault.create()
  for (let number = 1; number <= keys; number += 1) {
    await vault.generate(`key ${number}`)
    await vault.ask("key.rotate", { name: `key ${number}` })
  }
  vault.lock()
  internals = await internalsOf(vault.path)
})

afterAll(() => vault[Symbol.dispose]())

/** Few materials for many versions, in keys of all kinds of states. */
function shuffle(db: VaultDb, random: SeededRandom): void {
  const setKey = db.prepare("UPDATE keys SET state = ?, environment = ? WHERE row = ?")
  for (let row = 1; row <= keys; row += 1)
    setKey.run(random.oneOf(KeyState.options), random.oneOf([null, "test", "live"]), row)
  const setVersion = db.prepare("UPDATE key_versions SET fingerprint = ?, destroyed_at = ? WHERE row = ?")
  const setMark = db.prepare("INSERT OR REPLACE INTO examined (version_row, mark, weakness) VALUES (?, ?, NULL)")
  for (let row = 1; row <= 2 * keys; row += 1) {
    setVersion.run(
      random.oneOf([null, "SHA256:A", "SHA256:a", "SHA256:b", "SHA256:c"]),
      random.oneOf([null, null, "2026-01-01"]),
      row,
    )
    setMark.run(row, random.oneOf([null, Buffer.of(0x00), Buffer.of(0x0a), Buffer.of(0xf0), Buffer.of(0xf0, 0x00)]))
  }
}

const Versions = z.array(
  z.object({
    key: z.int(),
    state: z.string(),
    mark: z.instanceof(Uint8Array).nullable(),
    fingerprint: z.string().nullable(),
    destroyed: z.string().nullable(),
  }),
)
type Version = z.infer<typeof Versions>[number]

/** By looking at each version, which keys that work have each material. */
function expected(db: VaultDb): number[][] {
  const versions = Versions.parse(
    db
      .prepare(`
        SELECT keys.row AS key, keys.state AS state, mark, fingerprint, destroyed_at AS destroyed
        FROM key_versions JOIN keys ON keys.row = key_row LEFT JOIN examined ON version_row = key_versions.row
        ORDER BY keys.row`)
      .all(),
  ).filter(({ state }) => working.includes(state))
  const groups = (materialOf: (version: Version) => string | null): number[][] =>
    [...Map.groupBy(versions, materialOf)]
      .filter(([material]) => material !== null)
      .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1))
      .map(([, holders]) => [...new Set(holders.map(({ key }) => key))])
      .filter(({ length }) => length > 1)
  return [
    ...groups(({ mark }) => (mark === null ? null : Buffer.from(mark).toString("hex"))),
    ...groups(({ fingerprint, destroyed }) => (destroyed === null ? fingerprint : null)),
  ]
}

test("keys that work and share material are those that looking at each version finds", () => {
  const random = new SeededRandom()
  let found = 0
  for (let round = 1; round <= 100; round += 1) {
    editDatabase(internals, (db) => {
      db.transaction(() => shuffle(db, random))()
      const shared = sharedMaterials(db).map((holders) => holders.map(({ row }) => row))
      expect(shared, `seed ${random.seed}, round ${round}`).toEqual(expected(db))
      found += shared.length
    })
  }
  expect(found).toBeGreaterThan(100)
})

test("a vault of schema 14, which had an index of marks, keeps them, and so does its backup", async () => {
  using old = await TestVault.create()
  const file = "0123456789abcdef".repeat(4)
  for (const name of ["one", "two"])
    await old.ask("key.import", { name, file: utf8(file), format: "hex", algorithm: "aes-256" })
  old.lock()
  editDatabase(await internalsOf(old.path), (db) => {
    db.exec("CREATE INDEX examined_by_mark ON examined (mark) WHERE mark IS NOT NULL")
    db.pragma("user_version = 14")
  })
  await old.unlock()
  const backup = join(old.folder, readdirSync(old.folder).find((name) => name.includes("-schema-14-")) ?? "")
  await old.ask("vault.drill", { file: backup, passphrase: passphrase() })
  const to = join(old.folder, "restored.claviger")
  await old.ask("vault.restore", { file: backup, to, passphrase: passphrase() })
  for (const path of [old.path, to]) {
    await old.ask("vault.unlock", { path, passphrase: passphrase() })
    expect(await old.ask("vault.verify", {})).toMatchObject({ ok: true, problems: [] })
    expect((await old.ask("report.hygiene", { find: ["same-material"] })).counts).toEqual({ "same-material": 2 })
    await old.ask("vault.rekey", { passphrase: passphrase(), alsoPassphrases: [], confirmed: true })
    expect((await old.ask("report.hygiene", { find: ["same-material"] })).counts).toEqual({ "same-material": 2 })
  }
  old.lock()
  expect(editDatabase(await internalsOf(to), indexes)).toEqual(editDatabase(internals, indexes))
})

function indexes(db: VaultDb): unknown[] {
  return db.prepare("SELECT name FROM sqlite_schema WHERE type = 'index' ORDER BY name").pluck().all()
}
