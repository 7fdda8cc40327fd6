import type { Migration } from "../migration.ts"

/** What comes with a key, keyrings for wallets, and what has been derived from a seed. */
export const aVaultHoldsCertificatesAndSeeds: Migration = {
  version: 2,
  up(db) {
    db.exec(schema)
  },
}

const schema = `
  ALTER TABLE keyrings ADD COLUMN purpose TEXT NOT NULL DEFAULT 'general';

  -- How many attachments there are, so that the many versions without any cost no second query.
  ALTER TABLE key_versions ADD COLUMN attachments INTEGER NOT NULL DEFAULT 0;

  CREATE INDEX key_versions_by_fingerprint ON key_versions (fingerprint) WHERE fingerprint IS NOT NULL;

  CREATE TABLE version_attachments (
    version_row INTEGER NOT NULL REFERENCES key_versions (row),
    position    INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    content     BLOB NOT NULL,
    PRIMARY KEY (version_row, position)
  ) STRICT;

  -- Extended public keys of a seed: what watches its addresses, also when the seed is destroyed. 'wallet' is the
  -- fingerprint of the master key, which differs with each BIP-39 passphrase.
  CREATE TABLE seed_accounts (
    key_row INTEGER NOT NULL REFERENCES keys (row),
    version INTEGER NOT NULL,
    wallet  TEXT NOT NULL,
    path    TEXT NOT NULL,
    xpub    TEXT NOT NULL,
    PRIMARY KEY (key_row, version, wallet, path)
  ) STRICT, WITHOUT ROWID;

  -- Addresses that were given out.
  CREATE TABLE seed_addresses (
    key_row  INTEGER NOT NULL REFERENCES keys (row),
    version  INTEGER NOT NULL,
    wallet   TEXT NOT NULL,
    path     TEXT NOT NULL,
    standard TEXT NOT NULL,
    address  TEXT NOT NULL,
    shown_at TEXT NOT NULL,
    PRIMARY KEY (key_row, version, wallet, standard, path)
  ) STRICT, WITHOUT ROWID;

  -- BIP-85 children by their derivation path: an index is given once.
  CREATE TABLE seed_children (
    key_row    INTEGER NOT NULL REFERENCES keys (row),
    version    INTEGER NOT NULL,
    path       TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (key_row, version, path)
  ) STRICT, WITHOUT ROWID;
`
