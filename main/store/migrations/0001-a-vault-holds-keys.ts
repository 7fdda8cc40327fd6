import type { Migration } from "../migration.ts"

/** The first schema: keyrings, keys with versions, their sealed material, relations, the log. */
export const aVaultHoldsKeys: Migration = {
  version: 1,
  up(db) {
    db.exec(schema)
  },
}

const schema = `
  CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE keyrings (
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL UNIQUE,
    created_at  TEXT NOT NULL,
    kek_version INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Two rows of one keyring while its KEK is being rotated, else one.
  CREATE TABLE keyring_keks (
    keyring_id TEXT NOT NULL REFERENCES keyrings (id),
    version    INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    wrapped    BLOB NOT NULL,
    PRIMARY KEY (keyring_id, version)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE keys (
    row              INTEGER PRIMARY KEY,
    id               TEXT NOT NULL UNIQUE,
    name             TEXT NOT NULL UNIQUE,
    keyring_id       TEXT NOT NULL REFERENCES keyrings (id),
    algorithm        TEXT NOT NULL,
    purpose          TEXT NOT NULL,
    usages           TEXT NOT NULL,
    state            TEXT NOT NULL,
    exportable       TEXT NOT NULL,
    origin           TEXT NOT NULL,
    location         TEXT NOT NULL,
    owner            TEXT,
    environment      TEXT,
    created_at       TEXT NOT NULL,
    activates_at     TEXT,
    expires_at       TEXT,
    rotate_every     TEXT,
    next_rotation_at TEXT,
    current_version  INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX keys_by_state ON keys (state, name);
  CREATE INDEX keys_by_keyring ON keys (keyring_id, name);
  CREATE INDEX keys_by_algorithm ON keys (algorithm, name);
  CREATE INDEX keys_by_next_rotation ON keys (next_rotation_at) WHERE next_rotation_at IS NOT NULL;

  CREATE INDEX keys_by_activation ON keys (activates_at) WHERE activates_at IS NOT NULL;
  CREATE INDEX keys_by_expiry ON keys (expires_at) WHERE expires_at IS NOT NULL;

  CREATE TABLE key_versions (
    row                 INTEGER PRIMARY KEY,
    key_row             INTEGER NOT NULL REFERENCES keys (row),
    version             INTEGER NOT NULL,
    state               TEXT NOT NULL,
    created_at          TEXT NOT NULL,
    fingerprint         TEXT,
    openssh_fingerprint TEXT,
    kcv                 TEXT,
    location            TEXT NOT NULL,
    decrypt_only_until  TEXT,
    public_key          BLOB,
    destroyed_at        TEXT,
    UNIQUE (key_row, version)
  ) STRICT;

  -- Narrow, so that rewrapping every DEK of a keyring reads little. No row: the version is destroyed.
  CREATE TABLE deks (
    version_row INTEGER PRIMARY KEY REFERENCES key_versions (row),
    key_id      TEXT NOT NULL,
    version     INTEGER NOT NULL,
    keyring_id  TEXT NOT NULL REFERENCES keyrings (id),
    kek_version INTEGER NOT NULL,
    wrapped     BLOB NOT NULL
  ) STRICT;

  CREATE TABLE materials (
    version_row INTEGER PRIMARY KEY REFERENCES key_versions (row),
    sealed      BLOB NOT NULL
  ) STRICT;

  CREATE TABLE tags (
    key_row INTEGER NOT NULL REFERENCES keys (row),
    tag     TEXT NOT NULL,
    PRIMARY KEY (key_row, tag)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE key_relations (
    key_row   INTEGER NOT NULL REFERENCES keys (row),
    kind      TEXT NOT NULL,
    other_row INTEGER NOT NULL REFERENCES keys (row),
    PRIMARY KEY (key_row, kind, other_row)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX key_relations_by_other ON key_relations (other_row);

  CREATE VIRTUAL TABLE key_search USING fts5 (
    name, owner, environment, tags,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
  );

  -- Work that survives a crash and goes on at the next opening.
  CREATE TABLE operations (
    id         TEXT PRIMARY KEY,
    kind       TEXT NOT NULL,
    started_at TEXT NOT NULL,
    detail     TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE backups (
    id         TEXT PRIMARY KEY,
    path       TEXT NOT NULL,
    created_at TEXT NOT NULL,
    keys       INTEGER NOT NULL,
    versions   INTEGER NOT NULL,
    audit_seq  INTEGER NOT NULL,
    audit_hash BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- The canonical bytes are the row; the named columns only show them, so the two can't differ.
  CREATE TABLE audit (
    seq       INTEGER PRIMARY KEY,
    body      TEXT NOT NULL,
    prev_hash BLOB NOT NULL,
    hash      BLOB NOT NULL,
    mac       BLOB NOT NULL,
    at        TEXT AS (body ->> '$.at') VIRTUAL,
    actor     TEXT AS (body ->> '$.actor') VIRTUAL,
    action    TEXT AS (body ->> '$.action') VIRTUAL,
    target    TEXT AS (body ->> '$.target') VIRTUAL,
    outcome   TEXT AS (body ->> '$.outcome') VIRTUAL,
    detail    TEXT AS (body -> '$.detail') VIRTUAL,
    key_id    TEXT AS (body ->> '$.detail.keyId') VIRTUAL
  ) STRICT;
  CREATE INDEX audit_by_key ON audit (key_id, seq) WHERE key_id IS NOT NULL;
`
