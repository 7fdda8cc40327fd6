import { stateByDates } from "../../domain/cryptoperiod.ts"
import type { Key } from "../../domain/key.ts"
import { keyInState } from "../../domain/key-state.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { genuine } from "./genuine-keys.ts"
import { timeOf } from "./key-object.ts"
import { recordChange } from "./record-change.ts"

/**
 * Makes what the calendar says true: keys whose activation has come are active, keys whose end has come are
 * deactivated. Written down, so that a clock set back brings no key back to life.
 */
export function advanceKeyStates(vault: OpenVault): void {
  for (const key of genuine(() => vault.keys.dueForChange(timeOf(vault)))) advanceKey(vault, key)
}

/** The same for one key. @returns whether it changed */
export function advanceKey(vault: OpenVault, { id, state, activatesAt, expiresAt }: Key): boolean {
  const due = stateByDates({ state, activatesAt, expiresAt }, timeOf(vault))
  if (due === state) return false
  if (due === "active") {
    recordChange(vault, { id, action: "key.activate", detail: {} }, (key) => keyInState(key, "active"))
    return true
  }
  recordChange(vault, { id, action: "key.expire", detail: { expiresAt } }, (key) =>
    keyInState(key.state === "pre-active" ? keyInState(key, "active") : key, "deactivated"),
  )
  return true
}
