import type { Migration } from "../migration.ts"

/**
 * Marks are random, so that an index of them is written all over the file: of the pages that a batch of new keys wrote,
 * three of five were its. Which marks there are twice is asked for seldom, and is found by sorting them.
 */
export const marksAreSortedWhenAskedFor: Migration = {
  version: 15,
  up(db) {
    db.exec("DROP INDEX examined_by_mark")
  },
}
