import { z } from "zod"
import type { VaultDb } from "./vault-database.ts"

const Difference = z.object({ doc: z.int() })

/**
 * Compares the full-text index with one that is made anew, in memory, of what the inventory holds: an older page of the
 * index would hide a key from who looks for it.
 * @returns the row of the first key for which they differ, or `null`
 */
export function firstWronglyIndexed(db: VaultDb): number | null {
  db.exec(expectedIndex)
  try {
    const found = db.prepare(firstDifference).get()
    return found === undefined ? null : Difference.parse(found).doc
  } finally {
    for (const table of ["actual_words", "expected_words", "expected_search"]) db.exec(`DROP TABLE temp.${table}`)
  }
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
  CREATE VIRTUAL TABLE temp.actual_words USING fts5vocab (main, key_search, instance);`

const firstDifference = `
  SELECT doc FROM (
    SELECT * FROM (SELECT term, doc, col, offset FROM temp.actual_words
                   EXCEPT SELECT term, doc, col, offset FROM temp.expected_words)
    UNION ALL
    SELECT * FROM (SELECT term, doc, col, offset FROM temp.expected_words
                   EXCEPT SELECT term, doc, col, offset FROM temp.actual_words))
  LIMIT 1`
