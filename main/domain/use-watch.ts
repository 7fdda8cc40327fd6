import type { UnusualThresholds } from "../../preload/contract/policy-file.ts"
import { FailureCount } from "./failure-count.ts"
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

/** Tokens are checked at any hour, and nobody need be there; what was found is noted when somebody looks. */
const byItself: readonly string[] = ["token.health", "audit.unusual"]

/** From when on use is unusual, as policies have it. */
export interface WatchThresholds {
  readonly ofVault: UnusualThresholds
  readonly ofKey: (keyId: string) => UnusualThresholds
}

/**
 * Finds in a log what was not so before: each row is compared with those that stand before it, so that what is found stays
 * found, and a habit that is new today is none in a month.
 */
export class UseWatch {
  readonly #localTime: (at: number) => LocalTime
  readonly #thresholds: WatchThresholds
  readonly #hours: VaultHours
  readonly #habits = new Map<string, KeyHabit>()
  /** Of the vault itself under `null`. */
  readonly #failures = new Map<string | null, FailureCount>()
  readonly #found: UnusualUse[] = []

  /** @param localTime - of the place that the vault is used in */
  constructor(localTime: (at: number) => LocalTime, thresholds: WatchThresholds) {
    this.#localTime = localTime
    this.#thresholds = thresholds
    this.#hours = new VaultHours(thresholds.ofVault.oddHourDays)
  }

  /** Takes the next row, in the order of the log. */
  note({ at, action, outcome, keyId }: LoggedRow): void {
    if (!byItself.includes(action)) this.#keep(this.#hours.note(at, this.#localTime(at)))
    if (outcome !== "done") this.#keep(this.#failuresOf(keyId).note(at))
    if (keyId === null) return
    const habit = this.#habits.get(keyId) ?? new KeyHabit(keyId, at, this.#thresholds.ofKey(keyId))
    this.#habits.set(keyId, habit)
    if (outcome === "done" && uses.has(action)) for (const found of habit.noteUse(at)) this.#keep(found)
  }

  /** The newest first. */
  found(): readonly UnusualUse[] {
    return this.#found.toSorted((one, other) => other.from - one.from)
  }

  #failuresOf(keyId: string | null): FailureCount {
    const { ofKey, ofVault } = this.#thresholds
    const known = this.#failures.get(keyId)
    const counted = known ?? new FailureCount(keyId, (keyId === null ? ofVault : ofKey(keyId)).failures)
    if (known === undefined) this.#failures.set(keyId, counted)
    return counted
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
