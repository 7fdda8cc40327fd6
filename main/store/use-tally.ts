import { z } from "zod"
import { Turns } from "../crypto/turns.ts"
import type { ExportTrace, NamedKey, Occurrences, TraceFilter, UseTally } from "../domain/key-traces.ts"
import { usesOfKey } from "./usage-pages.ts"
import type { VaultDb } from "./vault-database.ts"

/** So many rows are looked at in one piece: a few milliseconds. */
const pageRows = 500
/** So many single exports are told. */
const mostExports = 1000

const Moves = z.array(z.object({ at: z.string(), action: z.string(), keys: z.int() }))
const Uses = z.array(
  z.object({
    seq: z.int(),
    at: z.string(),
    actor: z.string(),
    action: z.string(),
    version: z.int().nullable(),
    format: z.string().nullable(),
    protection: z.string().nullable(),
    /** By name: the key that it wrapped, or that wrapped it. */
    wraps: z.string().nullable(),
    wrapsId: z.string().nullable(),
    wrappedBy: z.string().nullable(),
  }),
)
type Use = z.infer<typeof Uses>[number]

const useColumns = `seq, at, actor, action, body ->> '$.detail.version' AS version,
  body ->> '$.detail.format' AS format, body ->> '$.detail.protection' AS protection,
  body ->> '$.detail.wraps' AS wraps, body ->> '$.detail.wrapsId' AS wrapsId, body ->> '$.detail.wrappedBy' AS wrappedBy`

/** Actions by which the private side of a key leaves. */
const leaving: readonly string[] = ["key.export", "seed.export", "seed.split"]

/** Counts the uses of a key, in the order of the log. */
export async function tallyUses(db: VaultDb, { keyId, versions, since = "" }: TraceFilter): Promise<UseTally> {
  const page = db.prepare(`SELECT ${useColumns} ${usesOfKey} = ? AND seq > ? ORDER BY seq LIMIT ?`)
  const byAction = new Map<string, Occurrences>()
  const lateByAction = new Map<string, Occurrences>()
  const lateByActor = new Map<string, Occurrences>()
  const exports: ExportTrace[] = []
  const wrapped = new Map<string, NamedKey>()
  const turns = new Turns()
  for (let after = 0; ; ) {
    const uses = Uses.parse(page.all(keyId, after, pageRows))
    for (const use of uses.filter(({ version }) => version === null || versions.includes(version))) {
      const action = use.wrappedBy === null ? use.action : "key.export"
      count(byAction, action, use.at)
      if (use.at >= since) {
        count(lateByAction, action, use.at)
        count(lateByActor, use.actor, use.at)
      }
      if (use.wraps !== null) wrapped.set(use.wrapsId ?? use.wraps, { id: use.wrapsId, name: use.wraps })
      if (isLeaving(use)) exports.push(exportOf(use))
    }
    const last = uses.at(-1)
    if (last === undefined || uses.length < pageRows) break
    after = last.seq
    await turns.breathe()
  }
  for (const { action, at, keys } of movesTo(db, keyId, versions)) count(byAction, action, at, keys)
  return { byAction, lateByAction, lateByActor, exports: exports.slice(-mostExports), wrapped: [...wrapped.values()] }
}

/** What left of the private side of a key, found without going through all of its uses. */
export function exportsOf(db: VaultDb, keyId: string): ExportTrace[] {
  const rows = db.prepare(`SELECT ${useColumns} FROM audit INDEXED BY audit_by_leaving
    WHERE outcome = 'done' AND action IN ('key.export', 'key.wrap', 'seed.export', 'seed.split') AND key_id = ? ORDER BY seq`)
  return Uses.parse(rows.all(keyId)).filter(isLeaving).map(exportOf).slice(-mostExports)
}

/** Data keys that were left in the vault, and moved to these versions: many in one row, which is no use by somebody. */
function movesTo(db: VaultDb, keyId: string, versions: readonly number[]): z.infer<typeof Moves> {
  const sql = `SELECT at, action, json_array_length(body, '$.detail.dataKeys') AS keys FROM audit
    WHERE key_id = ? AND action = 'rotation.rewrap' AND outcome = 'done'
      AND body ->> '$.detail.version' IN (SELECT value FROM json_each(?)) ORDER BY seq`
  return Moves.parse(db.prepare(sql).all(keyId, JSON.stringify(versions)))
}

function count(counts: Map<string, Occurrences>, what: string, at: string, times = 1): void {
  const known = counts.get(what)
  counts.set(what, { count: (known?.count ?? 0) + times, first: known?.first ?? at, last: at })
}

function isLeaving({ action, protection, wrappedBy }: Use): boolean {
  return wrappedBy !== null || (leaving.includes(action) && protection !== "public")
}

function exportOf({ at, actor, action, format, protection, wrappedBy }: Use): ExportTrace {
  if (wrappedBy !== null) return { at, actor, format: "wrapped", protection: `under ${wrappedBy}` }
  return { at, actor, format: format ?? action, protection: protection ?? "" }
}
