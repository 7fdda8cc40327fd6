import type { Migration } from "../migration.ts"

/**
 * Each keyring has a policy, in versions of which none is lost; the log's newest row about one, and about the master key, is
 * found at once. How many keys of each kind there are is counted in an index, and the
 * last number of a use that counts is found at once.
 */
export const keyringsHavePolicies: Migration = {
  version: 5,
  up(db) {
    db.exec(schema)
  },
}

const schema = `
  CREATE TABLE policies (
    keyring_id TEXT NOT NULL REFERENCES keyrings (id),
    version    INTEGER NOT NULL,
    at         TEXT NOT NULL,
    stated     TEXT NOT NULL,
    PRIMARY KEY (keyring_id, version)
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX audit_by_policy ON audit (target, seq) WHERE action = 'keyring.policy' AND outcome = 'done';
  CREATE INDEX audit_by_rekey ON audit (seq) WHERE action = 'vault.rekey' AND outcome = 'done';
  CREATE INDEX audit_by_seal ON audit (key_id, seq) WHERE body ->> '$.detail.seals' IS NOT NULL;
  CREATE INDEX keys_by_kind ON keys (algorithm, purpose, state);
`
