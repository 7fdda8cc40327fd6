import { z } from "zod"
import type { AuditRow } from "../../preload/contract/audit.ts"
import { chainColumns, toChainRow } from "./audit-chain.ts"
import { bodyOf } from "./audit-rows.ts"
import { toBase64 } from "./base64.ts"
import type { VaultDb } from "./vault-database.ts"

export interface AuditFilter {
  readonly keyId?: string | undefined
  readonly action?: string | undefined
  /** RFC 3339 UTC. */
  readonly since?: string | undefined
  readonly afterSeq: number
  readonly limit: number
}

/** Rows of the log that meet the conditions, oldest first. */
export function auditRows(db: VaultDb, { keyId, action, since, afterSeq, limit }: AuditFilter): AuditRow[] {
  const conditions: (readonly [string, string | number])[] = [["seq > ?", afterSeq]]
  if (keyId !== undefined) conditions.push(["key_id = ?", keyId])
  if (action !== undefined) conditions.push(["action = ?", action])
  if (since !== undefined) conditions.push(["at >= ?", since])
  const where = conditions.map(([sql]) => sql).join(" AND ")
  const values = conditions.map(([, value]) => value)
  const sql = `SELECT ${chainColumns} FROM audit WHERE ${where} ORDER BY seq LIMIT ?`
  return db
    .prepare(sql)
    .raw()
    .all(...values, limit)
    .map((raw) => {
      const row = toChainRow(raw)
      return { ...bodyOf(row), hash: toBase64(row.hash) }
    })
}

const Count = z.object({ rows: z.int() })

/** How many rows there are: their numbers have no gaps. */
export function auditRowCount(db: VaultDb): number {
  return Count.parse(db.prepare("SELECT coalesce(max(seq), 0) AS rows FROM audit").get()).rows
}
