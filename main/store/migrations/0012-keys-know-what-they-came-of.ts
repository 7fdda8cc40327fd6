import type { Migration } from "../migration.ts"

/** Which keys were made of a key is asked of each one that a compromise bears on. */
export const keysKnowWhatTheyCameOf: Migration = {
  version: 12,
  up(db) {
    db.exec(
      "CREATE INDEX audit_by_source ON audit (body ->> '$.detail.fromId') WHERE body ->> '$.detail.fromId' IS NOT NULL",
    )
  },
}
