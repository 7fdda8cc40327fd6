import { z } from "zod"
import { Turns } from "../crypto/turns.ts"
import type { LocalTime, UnusualUse } from "../domain/unusual-use.ts"
import { UseWatch } from "../domain/use-watch.ts"
import type { VaultDb } from "./vault-database.ts"

/** What the whole log comes to. */
export interface LogSummary {
  readonly rows: number
  /** How many rows each of them has. */
  readonly actors: ReadonlyMap<string, number>
  readonly actions: ReadonlyMap<string, number>
  readonly unusual: readonly UnusualUse[]
}

const Row = z.tuple([z.int(), z.string(), z.string(), z.string(), z.string(), z.string().nullable()])
const pageRows = 256

/**
 * Goes through the log once.
 * @param vault - its database may be another connection after a while, or gone
 * @param localTime - of the place that the vault is used in
 */
export async function summarizeLog(
  vault: { readonly db: VaultDb },
  localTime: (at: number) => LocalTime,
): Promise<LogSummary> {
  const watch = new UseWatch(localTime)
  const actors = new Map<string, number>()
  const actions = new Map<string, number>()
  const turns = new Turns()
  let last = 0
  for (;;) {
    const page = pageAfter(vault.db, last)
    for (const raw of page) {
      const [seq, at, actor, action, outcome, keyId] = Row.parse(raw)
      watch.note({ at: Date.parse(at), action, outcome, keyId })
      actors.set(actor, (actors.get(actor) ?? 0) + 1)
      actions.set(action, (actions.get(action) ?? 0) + 1)
      last = seq
    }
    if (page.length < pageRows) return { rows: last, actors, actions, unusual: watch.found() }
    await turns.breathe()
  }
}

function pageAfter(db: VaultDb, seq: number): unknown[] {
  return db
    .prepare<[number, number]>(
      "SELECT seq, at, actor, action, outcome, key_id FROM audit WHERE seq > ? ORDER BY seq LIMIT ?",
    )
    .raw()
    .all(seq, pageRows)
}
