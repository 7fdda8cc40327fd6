import type { Migration } from "../migration.ts"

/**
 * Each keyring has a policy, in versions of which none is lost. An index each for what is asked of all keys at once: how many
 * there are of a kind, when each was used last, and how often its version encrypted; and one for the master key.
 */
export const keyringsHavePolicies: Migration = {
  version: 7,
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
  -- A query of it names the same actions in the same order.
  CREATE INDEX audit_by_use ON audit (key_id, seq) WHERE outcome = 'done' AND action IN (
    'key.sign', 'key.verify', 'key.mac', 'key.encrypt', 'key.decrypt', 'key.wrap', 'key.unwrap',
    'key.datakey', 'key.rewrap', 'key.derive', 'key.encapsulate', 'key.export', 'file.encrypt',
    'file.decrypt', 'seed.reveal', 'seed.verify', 'seed.split', 'seed.child', 'seed.export'
  );
  CREATE INDEX keys_by_kind ON keys (algorithm, purpose, state);
`
