import type { Migration } from "../migration.ts"

/** A rotation can stop between its steps, the vault knows which data keys have to move with it, and what made several rotate at once. */
export const rotationsGoStepByStep: Migration = {
  version: 9,
  up(db) {
    db.exec(schema)
  },
}

const schema = `
  CREATE TABLE rotations (
    key_id TEXT PRIMARY KEY REFERENCES keys (id),
    -- As its row in the log has it, in canonical JSON.
    state  TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE data_keys (
    key_id  TEXT NOT NULL REFERENCES keys (id),
    label   TEXT NOT NULL,
    version INTEGER NOT NULL,
    wrapped TEXT NOT NULL,
    PRIMARY KEY (key_id, label)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX data_keys_by_version ON data_keys (key_id, version);

  -- What happened that keys must change for; as its row in the log has it, in canonical JSON.
  CREATE TABLE events (
    id    TEXT PRIMARY KEY,
    state TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
`
