import { z } from "zod"
import type { ExportTrace, KeyTraces, LoggedEvent, Occurrences, TraceFilter } from "../domain/key-traces.ts"
import { countBefore } from "./audit-log.ts"
import { usesOfKey } from "./usage-pages.ts"
import type { VaultDb } from "./vault-database.ts"

const Groups = z.array(z.object({ what: z.string(), count: z.int(), first: z.string(), last: z.string() }))
const Exports = z.array(z.object({ at: z.string(), actor: z.string(), format: z.string(), protection: z.string() }))
const Moment = z.string().nullable()
const Derived = z.array(z.object({ id: z.string().nullable(), name: z.string() }))
const Events = z.array(
  z.object({
    seq: z.int(),
    at: z.string(),
    actor: z.string(),
    action: z.string(),
    outcome: z.string(),
    reason: z.string().nullable(),
  }),
)

const ofVersions = "(body ->> '$.detail.version') IN (SELECT value FROM json_each(?))"

/** Questions about a single key, each answered from the rows of the log about it. */
export class StoredTraces implements KeyTraces {
  readonly #db: VaultDb

  constructor(db: VaultDb) {
    this.#db = db
  }

  byAction(filter: TraceFilter): Map<string, Occurrences> {
    return this.#grouped("action", filter)
  }

  byActor(filter: TraceFilter): Map<string, Occurrences> {
    return this.#grouped("actor", filter)
  }

  exports({ keyId, versions, since }: TraceFilter, limit: number): ExportTrace[] {
    const sql = `SELECT at, actor, coalesce(body ->> '$.detail.format', action) AS format,
        coalesce(body ->> '$.detail.protection', '') AS protection
      ${usesOfKey} = ? AND seq > ? AND ${ofVersions} AND action IN ('key.export', 'seed.export', 'seed.split')
        AND coalesce(body ->> '$.detail.protection', '') <> 'public'
      ORDER BY seq DESC LIMIT ?`
    return Exports.parse(this.#db.prepare(sql).all(keyId, this.#after(since), JSON.stringify(versions), limit))
  }

  derived(keyId: string): { id: string | null; name: string }[] {
    const sql = `SELECT DISTINCT body ->> '$.detail.asId' AS id, body ->> '$.detail.as' AS name
      FROM audit INDEXED BY audit_by_derivation
      WHERE action = 'key.derive' AND outcome = 'done' AND body ->> '$.detail.as' IS NOT NULL AND key_id = ?`
    return Derived.parse(this.#db.prepare(sql).all(keyId))
  }

  lastDone(keyId: string, action: string, since: string): string | null {
    const sql = `SELECT at FROM audit WHERE key_id = ? AND action = ? AND outcome = 'done' AND seq > ?
      ORDER BY seq DESC LIMIT 1`
    return Moment.parse(this.#db.prepare(sql).pluck().get(keyId, action, this.#after(since)) ?? null)
  }

  timeline(keyId: string, incidentId: string, since: string, limit: number): LoggedEvent[] {
    const columns = "seq, at, actor, action, outcome, body ->> '$.detail.reason' AS reason"
    const sql = `SELECT * FROM (
        SELECT ${columns} FROM audit WHERE key_id = :keyId AND seq > :after
        UNION SELECT ${columns} FROM audit INDEXED BY audit_by_incident
          WHERE body ->> '$.detail.incident.id' = :incidentId AND seq > :after
      ) ORDER BY seq LIMIT :limit`
    return Events.parse(this.#db.prepare(sql).all({ keyId, incidentId, after: this.#after(since), limit }))
  }

  #grouped(by: "action" | "actor", { keyId, versions, since }: TraceFilter): Map<string, Occurrences> {
    const sql = `SELECT ${by} AS what, count(*) AS count, min(at) AS first, max(at) AS last
      ${usesOfKey} = ? AND seq > ? AND ${ofVersions} GROUP BY 1 ORDER BY 1`
    const rows = this.#db.prepare(sql).all(keyId, this.#after(since), JSON.stringify(versions))
    return new Map(Groups.parse(rows).map(({ what, ...occurrences }) => [what, occurrences]))
  }

  /** The number of the last row that is too old. */
  #after(since: string | undefined): number {
    return since === undefined ? 0 : countBefore(this.#db, since)
  }
}
