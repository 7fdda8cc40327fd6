import { z } from "zod"
import { countBefore } from "./audit-log.ts"
import type { VaultDb } from "./vault-database.ts"

const Pause = z.object({ ms: z.number().nullable() })

/** The longest time that lies between two rows of the log since a moment (RFC 3339 UTC), in milliseconds. */
export function longestPause(db: VaultDb, since: string): number {
  const query = db.prepare<[number]>(`
    SELECT max(pause) * 86400000 AS ms FROM (
      SELECT julianday(at) - julianday(lag(at) OVER (ORDER BY seq)) AS pause FROM audit WHERE seq > ?)`)
  return Pause.parse(query.get(countBefore(db, since))).ms ?? 0
}
