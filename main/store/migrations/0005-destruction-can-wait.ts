import type { Migration } from "../migration.ts"

/** A destruction may have a waiting time, in which it can be taken back. */
export const destructionCanWait: Migration = {
  version: 5,
  up(db) {
    db.exec(schema)
  },
}

const schema = `
  -- All four or none; they are NULL again once it is destroyed, or the destruction was taken back.
  ALTER TABLE key_versions ADD COLUMN pending_since TEXT;
  ALTER TABLE key_versions ADD COLUMN destroys_at TEXT;
  ALTER TABLE key_versions ADD COLUMN state_before TEXT;
  ALTER TABLE key_versions ADD COLUMN destroy_reason TEXT;
  CREATE INDEX key_versions_by_destruction_to_come ON key_versions (destroys_at) WHERE destroys_at IS NOT NULL;
`
