import { z } from "zod"
import type { BackupRecord, BackupRegister } from "../domain/open-vault.ts"
import type { VaultDb } from "./vault-database.ts"

const BackupRow = z
  .object({
    id: z.string(),
    path: z.string(),
    created_at: z.string(),
    keys: z.int(),
    versions: z.int(),
    audit_seq: z.int(),
  })
  .transform(({ created_at, audit_seq, ...rest }) => ({ ...rest, createdAt: created_at, auditSeq: audit_seq }))

const columns = "id, path, created_at, keys, versions, audit_seq"

/** How many backups are being made; it outlives a connection, as they do. */
export interface BackupsUnderWay {
  count: number
}

/** Which backups were made, and which key versions each of them still holds. */
export class StoredBackups implements BackupRegister {
  readonly #db: VaultDb
  readonly #underWay: BackupsUnderWay

  constructor(db: VaultDb, underWay: BackupsUnderWay = { count: 0 }) {
    this.#db = db
    this.#underWay = underWay
  }

  isBeingMade(): boolean {
    return this.#underWay.count > 0
  }

  async whileMaking<Result>(make: () => Promise<Result>): Promise<Result> {
    this.#underWay.count += 1
    try {
      return await make()
    } finally {
      this.#underWay.count -= 1
    }
  }

  list(): BackupRecord[] {
    return z.array(BackupRow).parse(this.#db.prepare(`SELECT ${columns} FROM backups ORDER BY created_at, id`).all())
  }

  add({ id, path, createdAt, keys, versions, auditSeq }: BackupRecord, auditHash: Uint8Array): void {
    this.#db
      .prepare(
        "INSERT INTO backups (id, path, created_at, keys, versions, audit_seq, audit_hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
      )
      .run(id, path, createdAt, keys, versions, auditSeq, auditHash)
  }

  /** Of those at one path, only the newest is still there. Version rows are numbered as they are made and never deleted: a backup of `n` versions holds the first `n`. */
  holding(keyId: string, version: number): BackupRecord[] {
    const rows = this.#db
      .prepare(
        `SELECT ${columns} FROM backups, (
           SELECT key_versions.row AS version_row, destroyed_at FROM key_versions JOIN keys ON keys.row = key_row
           WHERE keys.id = ? AND version = ?)
         WHERE version_row <= backups.versions AND (destroyed_at IS NULL OR destroyed_at > backups.created_at)
           AND NOT EXISTS (SELECT 1 FROM backups AS newer
             WHERE newer.path = backups.path AND (newer.created_at, newer.id) > (backups.created_at, backups.id))
         ORDER BY created_at, id`,
      )
      .all(keyId, version)
    return z.array(BackupRow).parse(rows)
  }
}
