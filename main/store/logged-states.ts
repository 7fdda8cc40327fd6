import type { KeyObject } from "node:crypto"
import { z } from "zod"
import { canonicalJson } from "../crypto/canonical-json.ts"
import { VaultError } from "../domain/vault-error.ts"
import { chainColumns } from "./audit-chain.ts"
import { ownRow } from "./own-row.ts"
import type { VaultDb } from "./vault-database.ts"

const TextsById = z.array(z.object({ id: z.string(), state: z.string() }))

interface Place<State extends z.ZodType> {
  readonly table: "rotations" | "events"
  readonly id: "key_id" | "id"
  /** The member of a row's detail that says it. */
  readonly member: "rotation" | "event"
  /** SQL: which rows of the log are about one of them, and have that member, by its id. */
  readonly rows: string
  /** SQL: in which order they are listed. */
  readonly order: string
  readonly schema: State
}

/** States of something that goes on, each by its id, in the words of the log: canonical JSON. What is read must be what the newest row about it says. */
export class LoggedStates<Schema extends z.ZodType> {
  readonly #db: VaultDb
  readonly #place: Place<Schema>

  readonly #auditMac: KeyObject
  readonly #newest

  constructor(db: VaultDb, auditMac: KeyObject, place: Place<Schema>) {
    this.#db = db
    this.#auditMac = auditMac
    this.#place = place
    this.#newest = db
      .prepare<[string]>(`SELECT ${chainColumns} FROM audit ${place.rows} = ? ORDER BY seq DESC LIMIT 1`)
      .raw()
  }

  /** @throws `INTEGRITY_FAILED` also when one is gone that the log has */
  find(id: string): z.output<Schema> | null {
    const [found] = this.#read(`WHERE ${this.#place.id} = ?`, id)
    const text = found?.state ?? null
    if (text !== this.#logged(id)) {
      throw new VaultError("INTEGRITY_FAILED", `the ${this.#place.member} of ${id} is not as the log left it`)
    }
    return text === null ? null : this.#parsed(text)
  }

  /** @throws `INTEGRITY_FAILED` */
  list(): z.output<Schema>[] {
    return this.#read(`ORDER BY ${this.#place.order}`).flatMap(({ id }) => this.find(id) ?? [])
  }

  /** As the newest row about it has it; `null` where it has ended, or never was. */
  #logged(id: string): string | null {
    const raw = this.#newest.get(id)
    if (raw === undefined) return null
    const { body } = ownRow(raw, this.#auditMac, `the ${this.#place.member} of ${id}`)
    const state = body.detail[this.#place.member] ?? null
    return state === null ? null : canonicalJson(state)
  }

  protected putState(id: string, state: z.output<Schema>): void {
    const { table, id: column } = this.#place
    this.#db
      .prepare(`INSERT INTO ${table} (${column}, state) VALUES (?, ?) ON CONFLICT DO UPDATE SET state = excluded.state`)
      .run(id, canonicalJson(z.json().parse(state)))
  }

  protected removeState(id: string): void {
    const { table, id: column } = this.#place
    this.#db.prepare(`DELETE FROM ${table} WHERE ${column} = ?`).run(id)
  }

  /** Id → the state as it is stored. */
  texts(): Map<string, string> {
    return new Map(this.#read("").map(({ id, state }) => [id, state]))
  }

  #read(which: string, ...parameters: readonly string[]): z.infer<typeof TextsById> {
    const { table, id: column } = this.#place
    return TextsById.parse(this.#db.prepare(`SELECT ${column} AS id, state FROM ${table} ${which}`).all(...parameters))
  }

  #parsed(text: string): z.output<Schema> {
    try {
      return this.#place.schema.parse(JSON.parse(text))
    } catch {
      throw new VaultError("INTEGRITY_FAILED", `a row of the ${this.#place.table} is malformed`)
    }
  }
}
