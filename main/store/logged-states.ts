import { z } from "zod"
import { canonicalJson } from "../crypto/canonical-json.ts"
import { VaultError } from "../domain/vault-error.ts"
import type { VaultDb } from "./vault-database.ts"

const Texts = z.array(z.string())
const TextsById = z.array(z.object({ id: z.string(), state: z.string() }))

interface Place<State extends z.ZodType> {
  readonly table: "rotations" | "events"
  readonly id: "key_id" | "id"
  /** SQL: in which order they are listed. */
  readonly order: string
  readonly schema: State
}

/** States of something that goes on, each by its id, in the words of the log: canonical JSON. */
export class LoggedStates<Schema extends z.ZodType> {
  readonly #db: VaultDb
  readonly #place: Place<Schema>

  constructor(db: VaultDb, place: Place<Schema>) {
    this.#db = db
    this.#place = place
  }

  find(id: string): z.output<Schema> | null {
    const [found] = this.#read(`WHERE ${this.#place.id} = ?`, id)
    return found ?? null
  }

  list(): z.output<Schema>[] {
    return this.#read(`ORDER BY ${this.#place.order}`)
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
    const { table, id: column } = this.#place
    const rows = TextsById.parse(this.#db.prepare(`SELECT ${column} AS id, state FROM ${table}`).all())
    return new Map(rows.map(({ id, state }) => [id, state]))
  }

  #read(which: string, ...parameters: readonly string[]): z.output<Schema>[] {
    const sql = `SELECT state FROM ${this.#place.table} ${which}`
    const texts = Texts.parse(
      this.#db
        .prepare(sql)
        .pluck()
        .all(...parameters),
    )
    return texts.map((text) => this.#parsed(text))
  }

  #parsed(text: string): z.output<Schema> {
    try {
      return this.#place.schema.parse(JSON.parse(text))
    } catch {
      throw new VaultError("INTEGRITY_FAILED", `a row of the ${this.#place.table} is malformed`)
    }
  }
}
