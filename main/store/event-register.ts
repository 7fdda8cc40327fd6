import { z } from "zod"
import { KeyEvent } from "../../preload/contract/event.ts"
import { canonicalJson } from "../crypto/canonical-json.ts"
import type { EventRegister } from "../domain/event-register.ts"
import { VaultError } from "../domain/vault-error.ts"
import type { VaultDb } from "./vault-database.ts"

const Texts = z.array(z.string())
const TextsById = z.array(z.object({ id: z.string(), state: z.string() }))

/** What happened that keys must change for, in the words of the log. */
export class StoredEvents implements EventRegister {
  readonly #db: VaultDb

  constructor(db: VaultDb) {
    this.#db = db
  }

  find(id: string): KeyEvent | null {
    const [found] = this.#read("SELECT state FROM events WHERE id = ?", id)
    return found ?? null
  }

  list(): KeyEvent[] {
    return this.#read("SELECT state FROM events ORDER BY id DESC")
  }

  put(event: KeyEvent): void {
    this.#db
      .prepare("INSERT INTO events (id, state) VALUES (?, ?) ON CONFLICT DO UPDATE SET state = excluded.state")
      .run(event.id, canonicalJson(event))
  }

  /** Id → the event as it is stored. */
  texts(): Map<string, string> {
    const rows = TextsById.parse(this.#db.prepare("SELECT id, state FROM events").all())
    return new Map(rows.map(({ id, state }) => [id, state]))
  }

  #read(sql: string, ...parameters: readonly string[]): KeyEvent[] {
    return Texts.parse(
      this.#db
        .prepare(sql)
        .pluck()
        .all(...parameters),
    ).map(parsed)
  }
}

function parsed(text: string): KeyEvent {
  try {
    return KeyEvent.parse(JSON.parse(text))
  } catch {
    throw new VaultError("INTEGRITY_FAILED", "a row of the events is malformed")
  }
}
