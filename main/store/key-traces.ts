import { z } from "zod"
import type {
  Adoption,
  EndingAct,
  ExportTrace,
  KeyTraces,
  LoggedEvent,
  NamedKey,
  TraceFilter,
  UseTally,
  Wanted,
} from "../domain/key-traces.ts"
import { countBefore } from "./audit-log.ts"
import { exportsOf, tallyUses } from "./use-tally.ts"
import type { VaultDb } from "./vault-database.ts"

const Moment = z.string().nullable()
const Derived = z.array(z.object({ id: z.string().nullable(), name: z.string() }))
const Endings = z.array(
  z
    .object({
      seq: z.int(),
      at: z.string(),
      actor: z.string(),
      action: z.string(),
      versions: z.string().nullable(),
      waited: z.int(),
    })
    .transform(({ versions, waited, ...about }) => ({
      ...about,
      versions: z.array(z.int()).parse(JSON.parse(versions ?? "[]")),
      waited: waited === 1,
    })),
)
const FirstRow = z.object({ action: z.string(), detail: z.string() }).nullable()
const Adopted = z
  .object({ version: z.int(), findings: z.array(z.string()) })
  .transform(({ version, findings }) => ({ version, rules: findings }))
const WantedRow = z.object({ count: z.int(), at: z.string(), actor: z.string(), action: z.string() }).nullable()
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

  wrapped(keyId: string): NamedKey[] {
    const sql = `SELECT DISTINCT body ->> '$.detail.wrapsId' AS id, body ->> '$.detail.wraps' AS name
      FROM audit INDEXED BY audit_by_wrapping
      WHERE action = 'key.wrap' AND outcome = 'done' AND body ->> '$.detail.wraps' IS NOT NULL AND key_id = ?`
    return Derived.parse(this.#db.prepare(sql).all(keyId))
  }

  copied(keyId: string): NamedKey[] {
    return this.#madeOf(keyId, "token.import")
  }

  /** Its first row in the log says so: how many follow makes no difference. */
  adoption(keyId: string): Adoption | null {
    const sql = `SELECT action, body ->> '$.detail' AS detail FROM audit INDEXED BY audit_by_key
      WHERE key_id = ? ORDER BY seq LIMIT 1`
    const first = FirstRow.parse(this.#db.prepare(sql).get(keyId) ?? null)
    return first?.action === "token.adopt" ? Adopted.parse(JSON.parse(first.detail)) : null
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

  endings(keyId: string): EndingAct[] {
    const sql = `SELECT seq, at, actor, action, body ->> '$.detail.versions' AS versions,
        body ->> '$.detail.waited' IS 1 AS waited
      FROM audit INDEXED BY audit_by_end
      WHERE outcome = 'done' AND key_id = ? AND action IN (
        'key.schedule-destroy', 'key.cancel-destroy', 'key.destroy', 'key.trim', 'rotation.rollback') ORDER BY seq`
    return Endings.parse(this.#db.prepare(sql).all(keyId))
  }

  exports(keyId: string): ExportTrace[] {
    return exportsOf(this.#db, keyId)
  }

  wanted(keyId: string, since: string): Wanted | null {
    const sql = `SELECT count(*) OVER () AS count, at, actor, action FROM audit INDEXED BY audit_by_alert
      WHERE key_id = ? AND seq > ? AND body ->> '$.detail.alert' IS NOT NULL ORDER BY seq DESC LIMIT 1`
    return WantedRow.parse(this.#db.prepare(sql).get(keyId, this.#after(since)) ?? null)
  }

  everWanted(): string[] {
    const sql = `SELECT DISTINCT key_id FROM audit INDEXED BY audit_by_alert
      WHERE body ->> '$.detail.alert' IS NOT NULL AND key_id IS NOT NULL`
    return z.array(z.string()).parse(this.#db.prepare(sql).pluck().all())
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
