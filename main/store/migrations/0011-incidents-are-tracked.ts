import type { Migration } from "../migration.ts"

/** The answer to a compromise is tracked, step by step. */
export const incidentsAreTracked: Migration = {
  version: 11,
  up(db) {
    db.exec(schema)
  },
}

const schema = `
  -- The incident in canonical JSON, whose hash is in the newest row of the log about it; the named columns only show it.
  CREATE TABLE incidents (
    row      INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL,
    key_id   TEXT AS (document ->> '$.key.id') VIRTUAL
  ) STRICT;
  CREATE INDEX incidents_by_key ON incidents (key_id, row);

  CREATE INDEX audit_by_incident ON audit (body ->> '$.detail.incident.id', seq)
    WHERE body ->> '$.detail.incident.id' IS NOT NULL;
  -- Which keys came of a key is asked of each one that a compromise bears on.
  CREATE INDEX audit_by_derivation ON audit (key_id, seq)
    WHERE action = 'key.derive' AND outcome = 'done' AND body ->> '$.detail.as' IS NOT NULL;
`
