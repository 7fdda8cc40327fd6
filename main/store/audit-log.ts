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
  /** The row before the first one, in the order that is wanted. */
  readonly afterSeq?: number | undefined
  readonly limit: number
  readonly newestFirst: boolean
}

/** Rows of the log that meet the conditions, oldest first unless told otherwise. */
export function auditRows(db: VaultDb, filter: AuditFilter): AuditRow[] {
  const { keyId, action, since, afterSeq, limit, newestFirst } = filter
  const conditions: (readonly [string, string | number])[] = []
  if (afterSeq !== undefined) conditions.push([newestFirst ? "seq < ?" : "seq > ?", afterSeq])
  if (keyId !== undefined) conditions.push(["key_id = ?", keyId])
  if (action !== undefined) conditions.push(["action = ?", action])
  if (since !== undefined) conditions.push(["at >= ?", since])
  const where = ["true", ...conditions.map(([sql]) => sql)].join(" AND ")
  const values = conditions.map(([, value]) => value)
  const sql = `SELECT ${chainColumns} FROM audit WHERE ${where} ORDER BY seq ${newestFirst ? "DESC" : "ASC"} LIMIT ?`
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
