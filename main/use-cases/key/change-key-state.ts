import type { KeyObject } from "../../../preload/contract/key.ts"
import type { KeyState } from "../../../preload/contract/values.ts"
import { keyInState, versionInState } from "../../domain/key-state.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Session } from "../../domain/session.ts"
import { changeKey } from "./change-key.ts"
import { timeOf } from "./key-object.ts"

interface StateChange {
  readonly name: string
  readonly version?: number | undefined
  readonly reason: string
}

type ToState = (change: StateChange) => KeyObject

/** Takes a key, or one version, out of use until it is resumed. @throws `NOT_FOUND`, `STATE_DENIED` */
export function suspendKey(session: Session<OpenVault>): ToState {
  return (change) => moved(session.current(), change, "suspended", "key.suspend")
}

/** Takes a suspended key back into use. @throws `NOT_FOUND`, `STATE_DENIED` */
export function resumeKey(session: Session<OpenVault>): ToState {
  return (change) => moved(session.current(), change, "active", "key.resume")
}

/** Ends a key's protecting work for good; it still decrypts and verifies. @throws `NOT_FOUND`, `STATE_DENIED` */
export function deactivateKey(session: Session<OpenVault>): ToState {
  return (change) => moved(session.current(), change, "deactivated", "key.deactivate")
}

function moved(vault: OpenVault, { name, version, reason }: StateChange, state: KeyState, action: string): KeyObject {
  const detail = { state, reason, ...(version === undefined ? {} : { version }) }
  return changeKey(vault, { name, action, detail }, (key) =>
    version === undefined ? keyInState(key, state) : versionInState(key, version, state),
  )
}

/**
 * Makes what the calendar says true: keys whose activation has come are active, keys whose end has come are
 * deactivated. Written down, so that a clock set back brings no key back to life.
 * @returns how many keys changed
 */
export function advanceKeyStates(vault: OpenVault): number {
  const now = timeOf(vault)
  const due = vault.keys.dueForChange(now)
  for (const { name, expiresAt } of due) {
    const isOver = expiresAt !== null && expiresAt <= now
    if (isOver) {
      changeKey(vault, { name, action: "key.expire", detail: { expiresAt } }, (key) =>
        keyInState(key.state === "pre-active" ? keyInState(key, "active") : key, "deactivated"),
      )
    } else changeKey(vault, { name, action: "key.activate", detail: {} }, (key) => keyInState(key, "active"))
  }
  return due.length
}
