import type { Migration } from "../migration.ts"

/** Keys are counted, and found, by when they were made. */
export const keysAreCountedByAge: Migration = {
  version: 10,
  up(db) {
    db.exec("CREATE INDEX keys_by_creation ON keys (state, created_at)")
  },
}
