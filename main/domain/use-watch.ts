import { KeyHabit } from "./key-habit.ts"
import type { LocalTime, LoggedRow, UnusualUse } from "./unusual-use.ts"
import { VaultHours } from "./vault-hours.ts"

/** What needs the material of a key, or gives it away. Managing a key is not using it. */
export const usingActions: readonly string[] = [
  "key.sign",
  "key.verify",
  "key.mac",
  "key.encrypt",
  "key.decrypt",
  "key.wrap",
  "key.unwrap",
  "key.datakey",
  "key.rewrap",
  "key.derive",
  "key.encapsulate",
  "key.export",
  "file.encrypt",
  "file.decrypt",
  "seed.reveal",
  "seed.verify",
  "seed.split",
  "seed.child",
  "seed.export",
]
const uses: ReadonlySet<string> = new Set(usingActions)

/**
 * Finds in a log what was not so before: each row is compared with those that stand before it, so that what is found stays
 * found, and a habit that is new today is none in a month.
 */
export class UseWatch {
  readonly #localTime: (at: number) => LocalTime
  readonly #hours = new VaultHours()
  readonly #habits = new Map<string, KeyHabit>()
  readonly #found: UnusualUse[] = []

  /** @param localTime - of the place that the vault is used in */
  constructor(localTime: (at: number) => LocalTime) {
    this.#localTime = localTime
  }

  /** Takes the next row, in the order of the log. */
  note({ at, action, outcome, keyId }: LoggedRow): void {
    // Tokens are checked at any hour, and nobody need be there.
    if (action !== "token.health") this.#keep(this.#hours.note(at, this.#localTime(at)))
    if (keyId === null) return
    const habit = this.#habits.get(keyId) ?? new KeyHabit(keyId, at)
    this.#habits.set(keyId, habit)
    if (outcome === "done" && uses.has(action)) for (const found of habit.noteUse(at)) this.#keep(found)
  }

  /** The newest first. */
  found(): readonly UnusualUse[] {
    return this.#found.toSorted((one, other) => other.from - one.from)
  }

  /** What goes on is the same finding, grown. */
  #keep(found: UnusualUse | null): void {
    if (found === null) return
    const at = this.#found.findLastIndex(
      ({ kind, keyId, from }) => kind === found.kind && keyId === found.keyId && from === found.from,
    )
    if (at === -1) this.#found.push(found)
    else this.#found[at] = found
  }
}
