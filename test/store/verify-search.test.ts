import { afterAll, beforeAll, expect, test } from "vitest"
import type { VaultDb } from "../../main/store/vault-database.ts"
import { firstWronglyIndexed } from "../../main/store/verify-search.ts"
import { editDatabase, internalsOf, type VaultInternals } from "../support/vault-internals.ts"
import { TestVault } from "../support/vaults.ts"

/** Words at both ends of the order, ones that begin as others do, with marks to drop, and beyond the basic plane. */
const names = [
  "0",
  "a",
  "ab abc",
  "cafe\u0301 ab",
  "Straße",
  "ω ab",
  "日本",
  "\u{10400} \u{1d49c}x",
  "\u{10ffff} 𐐨𐐨",
  "zz",
]

/** So many words at once that each word has a span, a few share one, and all do. */
const spans = [1, 2, 3, 5, 1000]

let vault: TestVault
let internals: VaultInternals

beforeAll(async () => {
  vault = await TestVault.create()
  for (const name of names) await vault.generate(name)
  await vault.ask("key.set", { name: "zz", owner: "ann ab", environment: "live", addTags: ["zzz", "a1"] })
  vault.lock()
  internals = await internalsOf(vault.path)
})

afterAll(() => vault[Symbol.dispose]())

/** What is found after a change that is then undone. */
function foundAfter(change: string): (number | null)[] {
  return editDatabase(internals, (db) =>
    spans.map((spanWords) => {
      db.exec(`BEGIN; ${change}`)
      try {
        return firstWronglyIndexed(db, spanWords)
      } finally {
        db.exec("ROLLBACK")
      }
    }),
  )
}

const everywhere = (row: number | null) => spans.map(() => row)
const column = (db: VaultDb, sql: string): unknown[] => db.prepare(sql).pluck().all()

test("an index that is right is found right, also an empty one", () => {
  expect(foundAfter("")).toEqual(everywhere(null))
  expect(foundAfter("INSERT INTO key_search (key_search) VALUES ('optimize')")).toEqual(everywhere(null))
  expect(foundAfter("DELETE FROM tags; DELETE FROM keys; DELETE FROM key_search")).toEqual(everywhere(null))
})

test("a key that any one of the spans leaves out is found", () => {
  const rows = editDatabase(internals, (db) => column(db, "SELECT row FROM keys"))
  expect(rows).toHaveLength(names.length)
  for (const row of rows)
    expect(foundAfter(`DELETE FROM key_search WHERE rowid = ${row}`)).toEqual(everywhere(Number(row)))
  expect(foundAfter("DELETE FROM key_search")).not.toContain(null)
})

test("a word too many is found wherever it stands in the order, also when it is there in another key or column", () => {
  const terms = editDatabase(internals, (db) => {
    db.exec("CREATE VIRTUAL TABLE temp.terms USING fts5vocab (main, key_search, row)")
    return column(db, "SELECT term FROM temp.terms")
  })
  expect(terms.length).toBeGreaterThan(names.length)
  for (const word of [...terms, "00", "aa", "\u{10428}", "zzzz", "\u{1d49c}", "\u{10428}\u{10428}\u{10428}"]) {
    const added = `INSERT INTO key_search (rowid, name, owner, environment, tags) VALUES (999, '', '${word}', '', '')`
    expect(foundAfter(added), String(word)).toEqual(everywhere(999))
  }
})

test("words in another order, and a key that the index still has by an older name, are found", () => {
  const put = (name: string) =>
    `DELETE FROM key_search WHERE rowid = 3; INSERT INTO key_search (rowid, name, owner, environment, tags) VALUES (3, '${name}', '', '', '')`
  expect(foundAfter(put("ab abc"))).toEqual(everywhere(null))
  expect(foundAfter(put("abc ab"))).toEqual(everywhere(3))
  expect(foundAfter(put("ab old"))).toEqual(everywhere(3))
})
