import { z } from "zod"
import type { AuditRow, Outcome } from "../../preload/contract/audit.ts"
import { Turns } from "../crypto/turns.ts"
import { chainColumns, toChainRow } from "./audit-chain.ts"
import { bodyOf } from "./audit-rows.ts"
import { toBase64 } from "./base64.ts"
import type { VaultDb } from "./vault-database.ts"

export interface AuditFilter {
  readonly keyId?: string | undefined
  readonly actor?: string | undefined
  readonly action?: string | undefined
  readonly outcome?: Outcome | undefined
  /** RFC 3339 UTC: the first moment that counts. */
  readonly since?: string | undefined
  /** RFC 3339 UTC: the first moment that does not count any more. */
  readonly until?: string | undefined
  /** The row before the first one, in the order that is wanted. */
  readonly afterSeq?: number | undefined
  readonly limit: number
  readonly newestFirst: boolean
}

/** Who has the log. Its database may be another connection after a while, or gone. */
interface LogKeeper {
  readonly db: VaultDb
}

/** So many rows are looked at in one piece: a few milliseconds, also where none of them is meant. */
const spanRows = 2000

/** Rows of the log that meet all conditions, oldest first unless told otherwise. */
export async function auditRows(vault: LogKeeper, filter: AuditFilter): Promise<AuditRow[]> {
  const { limit, newestFirst } = filter
  const { sql, values } = conditionsOf(filter)
  const query = `SELECT ${chainColumns} FROM audit WHERE seq > ? AND seq <= ?${sql}
    ORDER BY seq ${newestFirst ? "DESC" : "ASC"} LIMIT ?`
  const turns = new Turns()
  const found: unknown[] = []
  for (const [after, last] of spans(rangeOf(vault.db, filter), newestFirst)) {
    const more = vault.db.prepare(query).raw()
    found.push(...more.all(after, last, ...values, limit - found.length))
    if (found.length === limit) break
    await turns.breathe()
  }
  return found.map((raw) => {
    const row = toChainRow(raw)
    return { ...bodyOf(row), hash: toBase64(row.hash) }
  })
}

function conditionsOf({ keyId, actor, action, outcome }: AuditFilter): { sql: string; values: string[] } {
  const columns = Object.entries({ key_id: keyId, actor, action, outcome })
  const wanted = columns.flatMap(([column, value]) => (value === undefined ? [] : [{ column, value }]))
  return {
    sql: wanted.map(({ column }) => ` AND ${column} = ?`).join(""),
    values: wanted.map(({ value }) => value),
  }
}

/** The first of the two numbers is not part of it. */
type Range = readonly [after: number, last: number]

function rangeOf(db: VaultDb, { since, until, afterSeq, newestFirst }: AuditFilter): Range {
  const after = since === undefined ? 0 : countBefore(db, since)
  const last = until === undefined ? auditRowCount(db) : countBefore(db, until)
  if (afterSeq === undefined) return [after, last]
  return newestFirst ? [after, Math.min(last, afterSeq - 1)] : [Math.max(after, afterSeq), last]
}

/** How many rows are older than a moment. The log's time never runs backwards: not every row has to be asked. */
export function countBefore(db: VaultDb, moment: string): number {
  const isBefore = db.prepare<[string, number]>("SELECT at < ? FROM audit WHERE seq = ?").pluck()
  let [low, high] = [0, auditRowCount(db)]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (isBefore.get(moment, middle + 1) === 1) low = middle + 1
    else high = middle
  }
  return low
}

function* spans([after, last]: Range, newestFirst: boolean): Generator<Range> {
  if (newestFirst) {
    for (let end = last; end > after; end -= spanRows) yield [Math.max(after, end - spanRows), end]
  } else {
    for (let start = after; start < last; start += spanRows) yield [start, Math.min(last, start + spanRows)]
  }
}

const Count = z.object({ rows: z.int() })

/** How many rows there are: their numbers have no gaps. */
export function auditRowCount(db: VaultDb): number {
  return Count.parse(db.prepare("SELECT coalesce(max(seq), 0) AS rows FROM audit").get()).rows
}
