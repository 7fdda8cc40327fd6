import type { Migration } from "../migration.ts"

/** Keyrings may be held by keys in tokens: then their KEKs are here and not in `keyring_keks`. */
export const tokensHoldKeyrings: Migration = {
  version: 8,
  up(db) {
    db.exec(schema)
  },
}

const schema = `
  CREATE TABLE keyring_holders (
    id         TEXT PRIMARY KEY,
    keyring_id TEXT NOT NULL REFERENCES keyrings (id),
    added_at   TEXT NOT NULL,
    uri        TEXT NOT NULL,
    scheme     TEXT NOT NULL,
    public_key TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX keyring_holders_by_keyring ON keyring_holders (keyring_id);

  -- Each KEK of a keyring once for each of its holders.
  CREATE TABLE held_keks (
    holder_id    TEXT NOT NULL REFERENCES keyring_holders (id),
    version      INTEGER NOT NULL,
    encapsulated TEXT NOT NULL,
    wrapped      BLOB NOT NULL,
    PRIMARY KEY (holder_id, version)
  ) STRICT, WITHOUT ROWID;
`
