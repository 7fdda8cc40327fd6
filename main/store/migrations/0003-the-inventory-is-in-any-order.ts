import type { Migration } from "../migration.ts"

/** Every column that a list of keys can be put in order by has its index, and a search is quick from its first letter on. */
export const theInventoryIsInAnyOrder: Migration = {
  version: 3,
  up(db) {
    db.exec(schema)
  },
}

const schema = `
  CREATE INDEX keys_by_purpose ON keys (purpose, name);

  -- '~' sorts after every time: keys that never rotate come last. What is due is found by it too.
  DROP INDEX keys_by_next_rotation;
  CREATE INDEX keys_by_rotation ON keys (ifnull(next_rotation_at, '~'), name);

  -- As before, with an index of the first letters also by one.
  DROP TABLE key_search;
  CREATE VIRTUAL TABLE key_search USING fts5 (
    name, owner, environment, tags,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
  );
  INSERT INTO key_search (rowid, name, owner, environment, tags)
    SELECT row, name, ifnull(owner, ''), ifnull(environment, ''),
      ifnull((SELECT group_concat(tag, ' ' ORDER BY tag) FROM tags WHERE key_row = keys.row), '')
    FROM keys;
`
