import { z } from "zod"
import { Turns } from "../crypto/turns.ts"
import type { LocalTime, UnusualUse } from "../domain/unusual-use.ts"
import { UseWatch, type WatchThresholds } from "../domain/use-watch.ts"
import type { VaultDb } from "./vault-database.ts"

/** What the whole log comes to. */
export interface LogSummary {
  readonly rows: number
  /** How many rows each of them has. */
  readonly actors: ReadonlyMap<string, number>
  readonly actions: ReadonlyMap<string, number>
  readonly unusual: readonly UnusualUse[]
  /** Of what is unusual, what the log says itself that it was seen: see `noteOf`. */
  readonly noted: ReadonlySet<string>
}

/** What a row about something unusual is known by. */
export function noteOf({ kind, keyId, from }: Pick<UnusualUse, "kind" | "keyId" | "from">): string {
  return `${kind} ${keyId ?? "-"} ${from}`
}

const Row = z.tuple([
  z.int(),
  z.string(),
  z.string(),
  z.string(),
  z.string(),
  z.string().nullable(),
  z.string().nullable(),
])
const pageRows = 256

/**
 * Goes through the log once.
 * @param vault - its database may be another connection after a while, or gone
 * @param localTime - of the place that the vault is used in
 */
export async function summarizeLog(
  vault: { readonly db: VaultDb },
  localTime: (at: number) => LocalTime,
  thresholds: WatchThresholds,
): Promise<LogSummary> {
  const watch = new UseWatch(localTime, thresholds)
  const actors = new Map<string, number>()
  const actions = new Map<string, number>()
  const noted = new Set<string>()
  const turns = new Turns()
  let last = 0
  for (;;) {
    const page = pageAfter(vault.db, last)
    for (const raw of page) {
      const [seq, at, actor, action, outcome, keyId, note] = Row.parse(raw)
      if (note !== null) noted.add(note)
      watch.note({ at: Date.parse(at), action, outcome, keyId })
      actors.set(actor, (actors.get(actor) ?? 0) + 1)
      actions.set(action, (actions.get(action) ?? 0) + 1)
      last = seq
    }
    if (page.length < pageRows) return { rows: last, actors, actions, unusual: watch.found(), noted }
    await turns.breathe()
  }
}

function pageAfter(db: VaultDb, seq: number): unknown[] {
  return db
    .prepare<[number, number]>(
      `SELECT seq, at, actor, action, outcome, key_id,
        iif(action = 'audit.unusual', body ->> '$.detail.note', NULL) FROM audit WHERE seq > ? ORDER BY seq LIMIT ?`,
    )
    .raw()
    .all(seq, pageRows)
}
