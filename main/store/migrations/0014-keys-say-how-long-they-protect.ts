import type { Migration } from "../migration.ts"

/**
 * A key may say for how long what it protects must stay so: it is counted by kind, keyring and that. What is asked of
 * material is examined once, and kept: a mark that is the same for the same bytes, and what is weak about a public key.
 */
export const keysSayHowLongTheyProtect: Migration = {
  version: 14,
  up(db) {
    db.exec(schema)
  },
}

const schema = `
  ALTER TABLE keys ADD COLUMN protect_for TEXT;
  DROP INDEX keys_by_kind;
  CREATE INDEX keys_by_kind ON keys (algorithm, purpose, keyring_id, protect_for, state);

  -- What questions about all keys look at, in the order of the rows: the table itself is several times as long, by what people say of keys.
  ALTER TABLE keys ADD COLUMN has_owner INTEGER AS (owner IS NOT NULL) VIRTUAL;
  ALTER TABLE keys ADD COLUMN has_environment INTEGER AS (environment IS NOT NULL) VIRTUAL;
  CREATE INDEX keys_in_rows ON keys (row, state, location, current_version, created_at, purpose, algorithm, exportable,
    rotate_every, keyring_id, id, has_owner, has_environment);

  CREATE TABLE examined (
    version_row INTEGER PRIMARY KEY REFERENCES key_versions (row),
    mark        BLOB,
    weakness    TEXT
  ) STRICT;
  CREATE INDEX examined_by_mark ON examined (mark) WHERE mark IS NOT NULL;
  CREATE INDEX examined_by_weakness ON examined (weakness) WHERE weakness IS NOT NULL;
`
