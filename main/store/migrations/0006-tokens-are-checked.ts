import type { Migration } from "../migration.ts"

/** The vault knows how each token was whenever somebody looked. */
export const tokensAreChecked: Migration = {
  version: 6,
  up(db) {
    db.exec(schema)
  },
}

const schema = `
  -- The report as its row in the log has it, in canonical JSON; the named columns only show it.
  CREATE TABLE token_checks (
    row    INTEGER PRIMARY KEY,
    report TEXT NOT NULL,
    token  TEXT AS (report ->> '$.uri') VIRTUAL
  ) STRICT;
  CREATE INDEX token_checks_by_token ON token_checks (token, row);
`
