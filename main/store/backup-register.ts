import { z } from "zod"
import { equalBytes } from "../crypto/constant-time.ts"
import type { ChainHead } from "../domain/audit-entry.ts"
import type {
  BackupDestruction,
  BackupDrill,
  BackupRecord,
  BackupRegister,
  DestroyedInBackup,
} from "../domain/backup-register.ts"
import { inVault } from "../domain/key-location.ts"
import type { VaultDb } from "./vault-database.ts"

const BackupRow = z
  .object({
    id: z.string(),
    path: z.string(),
    created_at: z.string(),
    keys: z.int(),
    versions: z.int(),
    audit_seq: z.int(),
    destroyed_at: z.string().nullable(),
    destroy_reason: z.string().nullable(),
  })
  .transform(({ created_at, audit_seq, destroyed_at, destroy_reason, ...rest }) => ({
    ...rest,
    createdAt: created_at,
    auditSeq: audit_seq,
    destruction: destroyed_at === null ? null : { at: destroyed_at, reason: destroy_reason ?? "" },
  }))

const columns = "id, path, backups.created_at, keys, versions, audit_seq, backups.destroyed_at, backups.destroy_reason"

/** Of those at one path, only the newest is still there. */
export const isNotReplaced = `NOT EXISTS (SELECT 1 FROM backups AS newer
  WHERE newer.path = backups.path AND (newer.created_at, newer.id) > (backups.created_at, backups.id))`

/** Version rows are numbered as they are made and never deleted: a backup of n versions holds the first n. */
const wasInBackup = `key_versions.row <= backups.versions AND key_versions.location = '${inVault}'`

const DrillRow = z.object({ backup_id: z.string(), at: z.string(), problem: z.string().nullable() })
const DestroyedRow = z.object({ name: z.string(), versions: z.string(), destroyed_at: z.string(), found: z.int() })

/** How many backups are being made; it outlives a connection, as they do. */
export interface BackupsUnderWay {
  count: number
}

/** Which backups were made, which key versions each of them still holds, and how it went when they were tried. */
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

  find(id: string): BackupRecord | null {
    const row = this.#db.prepare(`SELECT ${columns} FROM backups WHERE id = ?`).get(id)
    return row === undefined ? null : BackupRow.parse(row)
  }

  add(
    { id, path, createdAt, keys, versions, auditSeq }: Omit<BackupRecord, "destruction">,
    auditHash: Uint8Array,
  ): void {
    this.#db
      .prepare(
        "INSERT INTO backups (id, path, created_at, keys, versions, audit_seq, audit_hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
      )
      .run(id, path, createdAt, keys, versions, auditSeq, auditHash)
  }

  move(id: string, path: string): void {
    this.#db.prepare("UPDATE backups SET path = ? WHERE id = ?").run(path, id)
  }

  noteDestruction(id: string, destruction: BackupDestruction | null): void {
    this.#db
      .prepare("UPDATE backups SET destroyed_at = ?, destroy_reason = ? WHERE id = ?")
      .run(destruction?.at ?? null, destruction?.reason ?? null, id)
  }

  /** Whether the log of that backup ended there. */
  endsAt(id: string, { seq, hash }: ChainHead): boolean {
    const recorded = this.#db.prepare("SELECT audit_hash FROM backups WHERE id = ? AND audit_seq = ?").pluck()
    const auditHash: unknown = recorded.get(id, seq)
    return auditHash instanceof Uint8Array && equalBytes(auditHash, hash)
  }

  drills(): Map<string, BackupDrill> {
    const rows = z.array(DrillRow).parse(this.#db.prepare("SELECT backup_id, at, problem FROM backup_drills").all())
    return new Map(rows.map(({ backup_id, at, problem }) => [backup_id, { at, problem }]))
  }

  noteDrill(id: string, { at, problem }: BackupDrill): void {
    this.#db
      .prepare("INSERT OR REPLACE INTO backup_drills (backup_id, at, problem) VALUES (?, ?, ?)")
      .run(id, at, problem)
  }

  holding(keyId: string, version: number | null, destroyedBy = 0): BackupRecord[] {
    const rows = this.#db
      .prepare(
        `SELECT ${columns} FROM backups WHERE ${isNotReplaced} AND EXISTS (
           SELECT 1 FROM key_versions JOIN keys ON keys.row = key_row
           WHERE keys.id = :keyId AND version = ifnull(:version, version) AND ${wasInBackup}
             AND (key_versions.destroyed_at IS NULL OR key_versions.destroyed_at > backups.created_at OR backups.audit_seq < :destroyedBy))
         ORDER BY created_at, id`,
      )
      .all({ keyId, version, destroyedBy })
    return z.array(BackupRow).parse(rows)
  }

  destroyedIn(id: string, limit: number): { readonly count: number; readonly keys: DestroyedInBackup[] } {
    const rows = this.#db
      .prepare(
        `SELECT keys.name, group_concat(version ORDER BY version) AS versions, max(key_versions.destroyed_at) AS destroyed_at,
           count(*) OVER () AS found
         FROM backups, key_versions JOIN keys ON keys.row = key_row
         WHERE backups.id = ? AND key_versions.destroyed_at > backups.created_at AND ${wasInBackup} AND ${isNotReplaced}
         GROUP BY keys.row ORDER BY max(key_versions.destroyed_at) DESC, keys.name LIMIT ?`,
      )
      .all(id, limit)
    const found = z.array(DestroyedRow).parse(rows)
    const keys = found.map(({ name, versions, destroyed_at }) => ({
      name,
      versions: versions.split(",").map(Number),
      destroyedAt: destroyed_at,
    }))
    return { count: found[0]?.found ?? 0, keys }
  }
}
