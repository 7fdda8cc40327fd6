import type Database from "better-sqlite3-multiple-ciphers"
import type { VaultDb } from "./vault-database.ts"

type Value = string | number | Uint8Array | null

const outlineColumns = `
  keys.row, keys.id, keys.name, keyring_id, keyrings.name AS keyring, algorithm, keys.purpose, usages, keys.state,
    exportable, origin, keys.location, owner, environment, keys.created_at, activates_at, expires_at, rotate_every,
    next_rotation_at, current_version, protect_for`
const keyTables = "keys JOIN keyrings ON keyrings.id = keys.keyring_id"

/** A key's row with its keyring's name. */
const selectKey = `SELECT ${outlineColumns} FROM ${keyTables}`

/** The same with what is told of its current version. */
export const selectOutline = `SELECT ${outlineColumns}, fingerprint, key_versions.created_at AS renewed_at
  FROM ${keyTables} JOIN key_versions ON key_row = keys.row AND version = current_version`

interface KeyStatements {
  readonly byName: Database.Statement<[string]>
  readonly byRow: Database.Statement<[number]>
  readonly byId: Database.Statement<[string]>
  readonly byFingerprint: Database.Statement<[string]>
  readonly sharing: Database.Statement<[string]>
  readonly rsaPublicKeys: Database.Statement<[number]>
  readonly inTokens: Database.Statement<[]>
  readonly importedInTokens: Database.Statement<[]>
  readonly rowOf: Database.Statement<[string]>
  readonly keyringOf: Database.Statement<[string]>
  readonly standing: Database.Statement<[string]>
  readonly page: Database.Statement<[number, number]>
  readonly dueForChange: Database.Statement<[string, string]>
  readonly dueForDestruction: Database.Statement<[string]>
  readonly versions: Database.Statement<[number]>
  readonly attachments: Database.Statement<[number]>
  readonly tags: Database.Statement<[number]>
  readonly relations: Database.Statement<[number]>
  readonly incoming: Database.Statement<[string]>
  readonly insertKey: Database.Statement<Value[]>
  readonly updateKey: Database.Statement<Value[]>
  readonly insertVersion: Database.Statement<Value[]>
  readonly updateVersion: Database.Statement<Value[]>
  readonly insertAttachment: Database.Statement<[number, string, string, Uint8Array, number, number]>
  readonly deleteAttachments: Database.Statement<[number, number]>
  readonly insertTag: Database.Statement<[number, string]>
  readonly deleteTag: Database.Statement<[number, string]>
  readonly insertRelation: Database.Statement<[number, string, string]>
  readonly deleteRelation: Database.Statement<[number, string, string]>
}

/** The statements of the key store, compiled once per connection. Column order: `keyColumns`, `versionColumns`. */
export function keyStatements(db: VaultDb): KeyStatements {
  return {
    byName: db.prepare(`${selectKey} WHERE keys.name = ?`),
    byRow: db.prepare(`${selectKey} WHERE keys.row = ?`),
    byId: db.prepare(`${selectKey} WHERE keys.id = ?`),
    byFingerprint: db.prepare(`
      SELECT name FROM key_versions JOIN keys ON keys.row = key_row
      WHERE fingerprint = ? AND destroyed_at IS NULL ORDER BY key_versions.row LIMIT 1`),
    sharing: db.prepare(`
      SELECT DISTINCT keys.id, name FROM key_versions JOIN keys ON keys.row = key_row
      WHERE fingerprint = ? AND destroyed_at IS NULL ORDER BY keys.row`),
    rsaPublicKeys: db.prepare(`
      SELECT name, public_key AS publicKey FROM keys JOIN key_versions ON key_row = keys.row
      WHERE algorithm IN ('rsa-2048', 'rsa-3072', 'rsa-4096') AND public_key IS NOT NULL
      ORDER BY key_versions.row DESC LIMIT ?`),
    inTokens: db.prepare(`
      SELECT name, key_versions.location AS location FROM key_versions JOIN keys ON keys.row = key_row
      WHERE key_versions.location <> 'vault' AND destroyed_at IS NULL`),
    importedInTokens: db
      .prepare("SELECT name FROM keys INDEXED BY keys_in_rows WHERE location <> 'vault' AND origin = 'imported'")
      .pluck(),
    rowOf: db.prepare("SELECT row FROM keys WHERE id = ?"),
    keyringOf: db.prepare<[string]>("SELECT keyring_id FROM keys WHERE id = ?").pluck(),
    standing: db.prepare("SELECT name, state, current_version AS currentVersion FROM keys WHERE id = ?"),
    page: db.prepare(`${selectKey} WHERE keys.row > ? ORDER BY keys.row LIMIT ?`),
    // Left to itself SQLite takes the index of states, and so looks at every active key.
    dueForChange: db.prepare(`${selectKey} WHERE keys.row IN (
      SELECT row FROM keys INDEXED BY keys_by_activation WHERE activates_at <= ? AND state = 'pre-active'
      UNION SELECT row FROM keys INDEXED BY keys_by_expiry
        WHERE expires_at <= ? AND state IN ('pre-active', 'active', 'suspended'))`),
    dueForDestruction: db.prepare(`${selectKey} WHERE keys.row IN (
      SELECT key_row FROM key_versions WHERE destroys_at <= ?)`),
    versions: db.prepare(`
      SELECT row, version, state, created_at, fingerprint, openssh_fingerprint, kcv, location, decrypt_only_until,
        public_key, destroyed_at, pending_since, destroys_at, state_before,
        destroy_reason, attachments
      FROM key_versions WHERE key_row = ? ORDER BY version`),
    attachments: db.prepare(
      "SELECT kind, fingerprint, content FROM version_attachments WHERE version_row = ? ORDER BY position",
    ),
    tags: db.prepare("SELECT tag FROM tags WHERE key_row = ? ORDER BY tag"),
    relations: db.prepare(`
      SELECT kind, keys.id AS other_id, keys.name AS other_name
      FROM key_relations JOIN keys ON keys.row = other_row WHERE key_row = ? ORDER BY kind, keys.id`),
    incoming: db.prepare(`
      SELECT kind, keys.id AS id, keys.name AS key, keys.state AS state FROM key_relations JOIN keys ON keys.row = key_row
      WHERE other_row = (SELECT row FROM keys WHERE id = ?) ORDER BY kind, keys.name`),
    insertKey: db.prepare(`
      INSERT INTO keys (name, keyring_id, algorithm, purpose, usages, state, exportable, origin, location, owner,
        environment, created_at, activates_at, expires_at, rotate_every, next_rotation_at, current_version, protect_for, id)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    updateKey: db.prepare(`
      UPDATE keys SET name = ?, keyring_id = ?, algorithm = ?, purpose = ?, usages = ?, state = ?, exportable = ?,
        origin = ?, location = ?, owner = ?, environment = ?, created_at = ?, activates_at = ?, expires_at = ?,
        rotate_every = ?, next_rotation_at = ?, current_version = ?, protect_for = ?
      WHERE row = ?`),
    insertVersion: db.prepare(`
      INSERT INTO key_versions (state, created_at, fingerprint, openssh_fingerprint, kcv, location,
        decrypt_only_until, public_key, destroyed_at, pending_since, destroys_at, state_before,
        destroy_reason, attachments, key_row, version)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    updateVersion: db.prepare(`
      UPDATE key_versions SET state = ?, created_at = ?, fingerprint = ?, openssh_fingerprint = ?, kcv = ?,
        location = ?, decrypt_only_until = ?, public_key = ?, destroyed_at = ?, pending_since = ?, destroys_at = ?, state_before = ?,
        destroy_reason = ?, attachments = ?
      WHERE key_row = ? AND version = ?`),
    insertAttachment: db.prepare(`
      INSERT INTO version_attachments (position, kind, fingerprint, content, version_row)
      SELECT ?, ?, ?, ?, row FROM key_versions WHERE key_row = ? AND version = ?`),
    deleteAttachments: db.prepare(`
      DELETE FROM version_attachments
      WHERE version_row = (SELECT row FROM key_versions WHERE key_row = ? AND version = ?)`),
    insertTag: db.prepare("INSERT INTO tags (key_row, tag) VALUES (?, ?)"),
    deleteTag: db.prepare("DELETE FROM tags WHERE key_row = ? AND tag = ?"),
    insertRelation: db.prepare(
      "INSERT INTO key_relations (key_row, kind, other_row) SELECT ?, ?, row FROM keys WHERE id = ?",
    ),
    deleteRelation: db.prepare(`
      DELETE FROM key_relations
      WHERE key_row = ? AND kind = ? AND other_row = (SELECT row FROM keys WHERE id = ?)`),
  }
}
