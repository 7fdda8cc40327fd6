import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { randomSecret } from "../../main/crypto/random.ts"
import { Secret } from "../../main/domain/secret.ts"
import { VaultError } from "../../main/domain/vault-error.ts"
import {
  createVaultDatabase,
  openVaultDatabase,
  rekeyDatabase,
  requireSettings,
  type VaultDb,
} from "../../main/store/vault-database.ts"
import { decryptPages } from "../support/encrypted-pages.ts"

let folder: string
let path: string
let key: Secret
let db: VaultDb

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "claviger-database-"))
  path = join(folder, "inventory.db")
  key = randomSecret(32)
  db = createVaultDatabase(path, key)
})

afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

function reopen(by: Secret = key): VaultDb | null {
  db.close()
  const opened = openVaultDatabase(path, by)
  if (opened !== null) db = opened
  return opened
}

const settings = [
  ["temp_store", 2],
  ["locking_mode", "exclusive"],
  ["journal_mode", "wal"],
  ["synchronous", 2],
  ["secure_delete", 1],
  ["foreign_keys", 1],
  ["trusted_schema", 0],
  ["cell_size_check", 1],
] as const

test.for(settings)("%s reads back as %s, in a new file and in one that is opened again", ([pragma, value]) => {
  expect(db.pragma(pragma, { simple: true })).toBe(value)
  reopen()
  expect(db.pragma(pragma, { simple: true })).toBe(value)
})

test("memory is not mapped", () => {
  expect(db.pragma("mmap_size", { simple: true }) ?? 0).toBe(0)
})

test.for([
  ["synchronous", "NORMAL"],
  ["secure_delete", "OFF"],
  ["temp_store", "FILE"],
  ["foreign_keys", "OFF"],
] as const)("a connection whose %s is %s is found out", ([pragma, value]) => {
  expect(() => requireSettings(db)).not.toThrow()
  db.pragma(`${pragma} = ${value}`)
  expect(() => requireSettings(db)).toThrow(pragma)
})

test("the file is the owner's alone, and none of its pages is readable", () => {
  db.exec("CREATE TABLE secrets (text TEXT); INSERT INTO secrets VALUES ('the quick brown fox')")
  db.close()
  expect(statSync(path).mode & 0o777).toBe(0o600)
  const file = readFileSync(path)
  expect(file.includes("SQLite format 3")).toBe(false)
  expect(file.includes("quick brown")).toBe(false)
  expect(Buffer.concat(decryptPages(file, key.bytes)).includes("quick brown")).toBe(true)
})

test("another key opens nothing", () => {
  db.exec("CREATE TABLE t (x)")
  expect(reopen(randomSecret(32))).toBeNull()
  expect(openVaultDatabase(path, new Secret(new Uint8Array(32)))).toBeNull()
})

test("a file that is there is not made anew", () => {
  expect(() => createVaultDatabase(path, key)).toThrow(/EEXIST/)
})

test("a missing, an empty and a short file are no database", () => {
  db.close()
  rmSync(path)
  expect(() => openVaultDatabase(path, key)).toThrow(VaultError)
  expect(readdirSync(folder)).toEqual([])
})

test("a rekeyed file opens with the new key only, and holds what it held", () => {
  db.exec("CREATE TABLE t (x TEXT); INSERT INTO t VALUES ('kept')")
  const next = randomSecret(32)
  rekeyDatabase(db, next)
  expect(reopen(key)).toBeNull()
  expect(reopen(next)?.prepare("SELECT x FROM t").pluck().get()).toBe("kept")
})

test("a sort that is larger than the cache leaves no file behind, and none while it runs", () => {
  db.exec("CREATE TABLE t (x TEXT)")
  db.prepare("INSERT INTO t SELECT hex(randomblob(500)) || value FROM json_each(?)").run(
    JSON.stringify(Array.from({ length: 20_000 }, (_, number) => number)),
  )
  const open: string[] = []
  db.function("look", () => {
    if (open.length === 0) open.push(...openFiles())
    return 0
  })
  db.prepare("SELECT x, look() FROM t ORDER BY x LIMIT 1 OFFSET 19000").get()
  expect(open.some((file) => file.endsWith("inventory.db"))).toBe(true)
  expect(open.filter((file) => file.includes("etilqs"))).toEqual([])
})

function openFiles(): string[] {
  return readdirSync("/proc/self/fd").flatMap((descriptor) => {
    try {
      return [readlinkSync(`/proc/self/fd/${descriptor}`)]
    } catch {
      return []
    }
  })
}
