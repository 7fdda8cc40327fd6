import { z } from "zod"
import { canonicalJson } from "../crypto/canonical-json.ts"
import type { AuditBody } from "./audit-chain.ts"
import { dataKeyLabel } from "./data-key-register.ts"
import type { StoredVault } from "./stored-vault.ts"
import { type Report, unequal } from "./verify-registers.ts"

const LoggedDataKeys = z.array(z.object({ label: z.string(), sha256: z.string() }))

/** Rows of earlier releases name one. */
const Forgotten = z.union([z.array(z.string()), z.string().transform((label) => [label])])

const LoggedEvent = z.looseObject({ id: z.string() })

/** What the log says of rotations that go on, of what made them begin, and of data keys that the vault knows: to be compared with their tables. */
export class LoggedRotations {
  /** Key id → the rotation, as text. */
  readonly #rotations = new Map<string, string>()
  /** Event id → the event, as text. */
  readonly #events = new Map<string, string>()
  /** What a data key is called → the hash of it, wrapped. */
  readonly #dataKeys = new Map<string, string>()

  /** Takes note of a row of the log, in order. */
  note({ outcome, detail }: AuditBody): void {
    if (outcome !== "done") return
    const event = LoggedEvent.safeParse(detail["event"])
    if (event.success) this.#events.set(event.data.id, canonicalJson(detail["event"] ?? null))
    const { keyId, rotation, dataKeys, forgotten } = detail
    if (typeof keyId !== "string") return
    if (rotation === null) this.#rotations.delete(keyId)
    else if (rotation !== undefined) this.#rotations.set(keyId, canonicalJson(rotation))
    for (const label of Forgotten.safeParse(forgotten).data ?? []) this.#dataKeys.delete(dataKeyLabel(keyId, label))
    for (const { label, sha256 } of LoggedDataKeys.safeParse(dataKeys).data ?? [])
      this.#dataKeys.set(dataKeyLabel(keyId, label), sha256)
  }

  compareWith(vault: StoredVault, report: Report): void {
    for (const keyId of unequal(this.#rotations, vault.rotations.texts())) {
      report("rotations", "the rotation of a key is not as the log left it", vault.keys.findById(keyId)?.name ?? keyId)
    }
    for (const id of unequal(this.#events, vault.events.texts())) {
      report("events", "an event is not as the log left it", id)
    }
    for (const dataKey of unequal(this.#dataKeys, vault.dataKeys.summaries())) {
      report("data-keys", "a wrapped data key is not as the log left it", dataKey)
    }
  }
}
