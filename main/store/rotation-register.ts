import { z } from "zod"
import { RotationState } from "../../preload/contract/rotation.ts"
import { canonicalJson } from "../crypto/canonical-json.ts"
import type { RotationRegister } from "../domain/rotation-register.ts"
import { VaultError } from "../domain/vault-error.ts"
import type { VaultDb } from "./vault-database.ts"

const Texts = z.array(z.string())
const TextsByKey = z.array(z.object({ keyId: z.string(), state: z.string() }))

/** The rotations that go on, in the words of the log. */
export class StoredRotations implements RotationRegister {
  readonly #db: VaultDb

  constructor(db: VaultDb) {
    this.#db = db
  }

  find(keyId: string): RotationState | null {
    const [found] = this.#read("SELECT state FROM rotations WHERE key_id = ?", keyId)
    return found ?? null
  }

  list(): RotationState[] {
    return this.#read("SELECT state FROM rotations ORDER BY state ->> '$.startedAt', key_id")
  }

  put(rotation: RotationState): void {
    this.#db
      .prepare("INSERT INTO rotations (key_id, state) VALUES (?, ?) ON CONFLICT DO UPDATE SET state = excluded.state")
      .run(rotation.keyId, canonicalJson(rotation))
  }

  remove(keyId: string): void {
    this.#db.prepare("DELETE FROM rotations WHERE key_id = ?").run(keyId)
  }

  /** Key id → the state as it is stored. */
  texts(): Map<string, string> {
    const rows = TextsByKey.parse(this.#db.prepare("SELECT key_id AS keyId, state FROM rotations").all())
    return new Map(rows.map(({ keyId, state }) => [keyId, state]))
  }

  #read(sql: string, ...parameters: readonly string[]): RotationState[] {
    return Texts.parse(
      this.#db
        .prepare(sql)
        .pluck()
        .all(...parameters),
    ).map(parsed)
  }
}

function parsed(text: string): RotationState {
  try {
    return RotationState.parse(JSON.parse(text))
  } catch {
    throw new VaultError("INTEGRITY_FAILED", "a row of the rotations is malformed")
  }
}
