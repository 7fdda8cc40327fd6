import Database from "better-sqlite3-multiple-ciphers"
import { afterEach, beforeEach, expect, test } from "vitest"
import { type Migration, migrate, schemaVersion } from "../../main/store/migration.ts"
import { migrations } from "../../main/store/migrations/index.ts"
import { vaultErrorOf } from "../support/vault-error-of.ts"
import { editDatabase, forgeHeader, internalsOf } from "../support/vault-internals.ts"
import { TestVault } from "../support/vaults.ts"

let db: Database.Database

beforeEach(() => {
  db = new Database(":memory:")
})

afterEach(() => db.close())

const one: Migration = { version: 1, up: (file) => file.exec("CREATE TABLE first (x); INSERT INTO first VALUES (1)") }
const two: Migration = { version: 2, up: (file) => file.exec("CREATE TABLE second (x)") }
const broken: Migration = {
  version: 2,
  up: (file) => {
    file.exec("CREATE TABLE second (x); DELETE FROM first")
    throw new Error("half-way")
  },
}

const tables = () => db.prepare("SELECT name FROM sqlite_schema ORDER BY name").pluck().all()

test("each missing step is taken, once and in order", () => {
  migrate(db, [one])
  expect([schemaVersion(db), tables()]).toEqual([1, ["first"]])
  migrate(db, [one, two])
  migrate(db, [one, two])
  expect([schemaVersion(db), tables()]).toEqual([2, ["first", "second"]])
})

test("a step that fails half-way leaves the schema, the data and the version as they were", () => {
  migrate(db, [one])
  expect(() => migrate(db, [one, broken])).toThrow("half-way")
  expect([schemaVersion(db), tables()]).toEqual([1, ["first"]])
  expect(db.prepare("SELECT x FROM first").pluck().all()).toEqual([1])
})

test("what is to be done before the first change is done once, and only when there is one", () => {
  let calls = 0
  const count = () => {
    calls += 1
    expect(schemaVersion(db)).toBe(0)
  }
  migrate(db, [one, two], count)
  migrate(db, [one, two], count)
  expect(calls).toBe(1)
})

test("a schema of a newer program is refused with its number, and not touched", () => {
  db.pragma("user_version = 7")
  const { code, detail } = vaultErrorOf(() => migrate(db, [one, two]))
  expect([code, detail]).toEqual(["UNSUPPORTED_VERSION", "schema 7; this program knows 2"])
  expect(tables()).toEqual([])
})

test.for([[[two]], [[one, one]], [[two, one]]])("steps that are not consecutive are a mistake of ours", ([steps]) => {
  expect(() => migrate(db, steps ?? [])).toThrow(/not consecutive/)
})

test("our own steps are consecutive, and every table of theirs is strict or virtual", () => {
  expect(() => migrate(db, migrations)).not.toThrow()
  const loose = db
    .prepare(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
    )
    .pluck()
    .all()
  expect(loose).toEqual([])
})

test("a vault of a newer schema is refused, named and left as it is", async () => {
  using vault = await TestVault.create()
  vault.lock()
  const internals = await internalsOf(vault.path)
  editDatabase(internals, (file) => file.pragma("user_version = 99"))
  const { code, detail } = await vault.unlockRefusal()
  expect([code, detail]).toEqual(["UNSUPPORTED_VERSION", `schema 99; this program knows ${migrations.length}`])
  editDatabase(internals, (file) => file.pragma(`user_version = ${migrations.length}`))
  await vault.unlock()
})

test("a header without keyslots opens to nobody", async () => {
  using vault = await TestVault.create()
  vault.lock()
  forgeHeader(await internalsOf(vault.path), { keyslots: [] })
  expect(await vault.unlockRefusal()).toMatchObject({ code: "WRONG_PASSPHRASE" })
})
