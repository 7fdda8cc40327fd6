import type { Migration } from "../migration.ts"

/** Where a key went is followed: into backups, which may be destroyed, and wrapped under other keys. How it came to its end is found fast, as is who wanted it meanwhile. */
export const copiesAreFollowed: Migration = {
  version: 13,
  up(db) {
    db.exec(schema)
  },
}

const schema = `
  -- Both or none: when, and how a person says that all copies of the file went.
  ALTER TABLE backups ADD COLUMN destroyed_at TEXT;
  ALTER TABLE backups ADD COLUMN destroy_reason TEXT;

  -- Which keys a key wrapped is asked of each one that a compromise bears on.
  CREATE INDEX audit_by_wrapping ON audit (key_id, seq)
    WHERE action = 'key.wrap' AND outcome = 'done' AND body ->> '$.detail.wraps' IS NOT NULL;

  -- A key that is used a million times has a million rows beside these.
  CREATE INDEX audit_by_end ON audit (key_id, seq) WHERE outcome = 'done' AND action IN (
    'key.schedule-destroy', 'key.cancel-destroy', 'key.destroy', 'key.trim', 'rotation.rollback');
  -- What goes on is compared with the newest row about it whenever it is read.
  CREATE INDEX audit_by_rotation ON audit (key_id, seq)
    WHERE json_type(body, '$.detail.rotation') IS NOT NULL AND outcome = 'done';
  CREATE INDEX audit_by_event ON audit (body ->> '$.detail.event.id', seq)
    WHERE body ->> '$.detail.event.id' IS NOT NULL AND outcome = 'done';
  CREATE INDEX audit_by_leaving ON audit (key_id, seq)
    WHERE outcome = 'done' AND action IN ('key.export', 'key.wrap', 'seed.export', 'seed.split');
  CREATE INDEX audit_by_alert ON audit (key_id, seq) WHERE body ->> '$.detail.alert' IS NOT NULL;
`
