import type { Migration } from "../migration.ts"

/** The vault knows how the last restore drill of each backup ended, and finds quickly what was destroyed since. */
export const backupsAreDrilled: Migration = {
  version: 4,
  up(db) {
    db.exec(schema)
  },
}

const schema = `
  -- 'problem' is NULL where the backup restored. The drills before are in the log.
  CREATE TABLE backup_drills (
    backup_id TEXT PRIMARY KEY REFERENCES backups (id),
    at        TEXT NOT NULL,
    problem   TEXT
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX key_versions_by_destruction ON key_versions (destroyed_at) WHERE destroyed_at IS NOT NULL;
`
