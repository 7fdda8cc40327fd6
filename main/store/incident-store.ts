import type { KeyObject } from "node:crypto"
import { z } from "zod"
import { Incident } from "../../preload/contract/incident.ts"
import { canonicalJson } from "../crypto/canonical-json.ts"
import { sha256 } from "../crypto/hmac.ts"
import type { IncidentMark, IncidentRegister } from "../domain/incident-register.ts"
import { VaultError } from "../domain/vault-error.ts"
import { chainColumns } from "./audit-chain.ts"
import { ownRow } from "./own-row.ts"
import type { VaultDb } from "./vault-database.ts"

const Rows = z.array(z.object({ id: z.string(), document: z.string() }))
const Ids = z.array(z.string())
export const LoggedIncident = z.object({ id: z.string(), hash: z.string() })

/** Incidents. The newest row of the log about each says what it is; the log also says which there are. */
export class StoredIncidents implements IncidentRegister {
  readonly #db: VaultDb
  readonly #auditMac: KeyObject
  readonly #newest

  constructor(db: VaultDb, auditMac: KeyObject) {
    this.#db = db
    this.#auditMac = auditMac
    this.#newest = db
      .prepare<[string]>(`
        SELECT ${chainColumns} FROM audit INDEXED BY audit_by_incident
        WHERE body ->> '$.detail.incident.id' = ? AND outcome = 'done' ORDER BY seq DESC LIMIT 1`)
      .raw()
  }

  list(): Incident[] {
    const rows = this.#rows("", [])
    const stored = new Set(rows.map(({ id }) => id))
    const lost = this.#loggedIds().find((id) => !stored.has(id))
    if (lost !== undefined) throw new VaultError("INTEGRITY_FAILED", `the incident ${lost}, which the log has, is gone`)
    return rows.map((row) => this.#genuine(row))
  }

  find(id: string): Incident | null {
    const [row] = this.#rows("WHERE id = ?", [id])
    if (row !== undefined) return this.#genuine(row)
    if (this.#newest.get(id) === undefined) return null
    throw new VaultError("INTEGRITY_FAILED", `the incident ${id}, which the log has, is gone`)
  }

  ofKey(keyId: string): Incident[] {
    return this.list().filter(({ key }) => key.id === keyId)
  }

  put(incident: Incident): IncidentMark {
    const document = canonicalJson(z.json().parse(JSON.parse(JSON.stringify(incident))))
    this.#db
      .prepare(
        "INSERT INTO incidents (id, document) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET document = excluded.document",
      )
      .run(incident.id, document)
    return { id: incident.id, hash: hashOf(document) }
  }

  /** Id → hash of all that are stored, for `vault verify`. */
  hashes(): Map<string, string> {
    return new Map(this.#rows("", []).map(({ id, document }) => [id, hashOf(document)]))
  }

  #rows(where: string, values: readonly string[]) {
    return Rows.parse(this.#db.prepare(`SELECT id, document FROM incidents ${where} ORDER BY row DESC`).all(...values))
  }

  #loggedIds(): string[] {
    const sql = `SELECT DISTINCT body ->> '$.detail.incident.id' FROM audit INDEXED BY audit_by_incident
      WHERE body ->> '$.detail.incident.id' IS NOT NULL AND outcome = 'done'`
    return Ids.parse(this.#db.prepare(sql).pluck().all())
  }

  #genuine({ id, document }: z.infer<typeof Rows>[number]): Incident {
    const raw = this.#newest.get(id)
    if (raw === undefined) throw new VaultError("INTEGRITY_FAILED", `the log knows no incident ${id}`)
    const { seq, body } = ownRow(raw, this.#auditMac, `incident ${id}`)
    const logged = LoggedIncident.safeParse(body.detail["incident"])
    if (!logged.success || logged.data.hash !== hashOf(document)) {
      throw new VaultError("INTEGRITY_FAILED", `the incident ${id} is not as audit row ${seq} left it`)
    }
    return Incident.parse(JSON.parse(document))
  }
}

function hashOf(document: string): string {
  return Buffer.from(sha256(document)).toString("hex")
}
