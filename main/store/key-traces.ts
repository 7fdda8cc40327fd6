import { z } from "zod"
import type { KeyTraces, LoggedEvent, NamedKey, TraceFilter, UseTally } from "../domain/key-traces.ts"
import { countBefore } from "./audit-log.ts"
import { tallyUses } from "./use-tally.ts"
import type { VaultDb } from "./vault-database.ts"

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

/** Questions about a single key, each answered from the rows of the log about it. */
export class StoredTraces implements KeyTraces {
  readonly #db: VaultDb

  constructor(db: VaultDb) {
    this.#db = db
  }

  tally(filter: TraceFilter): Promise<UseTally> {
    return tallyUses(this.#db, filter)
  }

  derived(keyId: string): NamedKey[] {
    const sql = `SELECT DISTINCT body ->> '$.detail.asId' AS id, body ->> '$.detail.as' AS name
      FROM audit INDEXED BY audit_by_derivation
      WHERE action = 'key.derive' AND outcome = 'done' AND body ->> '$.detail.as' IS NOT NULL AND key_id = ?`
    return [...Derived.parse(this.#db.prepare(sql).all(keyId)), ...this.#madeOf(keyId, "seed.child")]
  }

  copied(keyId: string): NamedKey[] {
    return this.#madeOf(keyId, "token.import")
  }

  /** Keys whose first row in the log says which key they came of. */
  #madeOf(keyId: string, action: string): NamedKey[] {
    const sql = `SELECT key_id AS id, target AS name FROM audit INDEXED BY audit_by_source
      WHERE body ->> '$.detail.fromId' = ? AND action = ? AND outcome = 'done'`
    return Derived.parse(this.#db.prepare(sql).all(keyId, action))
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

  /** The number of the last row that is too old. */
  #after(since: string): number {
    return countBefore(this.#db, since)
  }
}
