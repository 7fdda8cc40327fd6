import { z } from "zod"
import type { VaultDb } from "./vault-database.ts"

const Term = z.object({ term: z.string(), instances: z.int() })
const Difference = z.object({ doc: z.int() })

/** As many words as are compared at once: all together they would take a gigabyte where there are 100,000 keys. */
const manyWords = 200_000

/**
 * Compares the full-text index with one that is made anew, in memory, of what the inventory holds: an older page of the
 * index would hide a key from who looks for it.
 * @param spanWords - how many words are compared at once
 * @returns the row of a key for which they differ, or `null`
 */
export function firstWronglyIndexed(db: VaultDb, spanWords = manyWords): number | null {
  db.exec(expectedIndex)
  try {
    const difference = db.prepare(firstDifference)
    for (const { after, upTo } of spans(db, spanWords)) {
      const found = difference.get({ after, upTo })
      if (found !== undefined) return Difference.parse(found).doc
    }
    return null
  } finally {
    for (const table of ["actual_words", "actual_terms", "expected_words", "expected_search"])
      db.exec(`DROP TABLE temp.${table}`)
  }
}

/** Terms after one and up to another, as SQLite orders them. */
interface Span {
  readonly after: string
  readonly upTo: string | Uint8Array
}

const beforeAll = ""
/** For SQLite any bytes come after any text. */
const afterAll = Uint8Array.of(0xff)

/** All terms that there can be. */
function spans(db: VaultDb, spanWords: number): Span[] {
  const found: Span[] = []
  let after = beforeAll
  let instances = 0
  for (const row of db.prepare("SELECT term, cnt AS instances FROM temp.actual_terms").iterate()) {
    const each = Term.parse(row)
    instances += each.instances
    if (instances < spanWords) continue
    found.push({ after, upTo: each.term })
    after = each.term
    instances = 0
  }
  return [...found, { after, upTo: afterAll }]
}

/** The tokenizer is the index's own (migration 1), and the texts are as `KeySearch` joins them. */
const expectedIndex = `
  CREATE VIRTUAL TABLE temp.expected_search USING fts5 (
    name, owner, environment, tags, content = '', tokenize = 'unicode61 remove_diacritics 2');
  INSERT INTO temp.expected_search (rowid, name, owner, environment, tags)
    SELECT row, name, coalesce(owner, ''), coalesce(environment, ''),
      coalesce((SELECT group_concat(tag, ' ' ORDER BY tag) FROM tags WHERE key_row = keys.row), '')
    FROM keys;
  CREATE VIRTUAL TABLE temp.expected_words USING fts5vocab (temp, expected_search, instance);
  CREATE VIRTUAL TABLE temp.actual_words USING fts5vocab (main, key_search, instance);
  CREATE VIRTUAL TABLE temp.actual_terms USING fts5vocab (main, key_search, row);`

const words = (of: string): string => `
  SELECT term, doc, col, offset FROM temp.${of} WHERE term > @after AND term <= @upTo`

const firstDifference = `
  SELECT doc FROM (
    SELECT * FROM (${words("actual_words")} EXCEPT ${words("expected_words")})
    UNION ALL
    SELECT * FROM (${words("expected_words")} EXCEPT ${words("actual_words")}))
  LIMIT 1`
