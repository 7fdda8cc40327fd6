import type { KeyObject } from "../../../preload/contract/key-object.ts"
import type { KeyState } from "../../../preload/contract/values.ts"
import { keyInState, versionInState, versionOf } from "../../domain/key-state.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Session } from "../../domain/session.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { changeKey } from "./change-key.ts"

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
  return (change) => moved(session.current(), change, "active", "key.resume", "suspended")
}

/** Ends a key's protecting work for good; it still decrypts and verifies. @throws `NOT_FOUND`, `STATE_DENIED` */
export function deactivateKey(session: Session<OpenVault>): ToState {
  return (change) => moved(session.current(), change, "deactivated", "key.deactivate")
}

function moved(
  vault: OpenVault,
  { name, version, reason }: StateChange,
  state: KeyState,
  action: string,
  onlyFrom?: KeyState,
): KeyObject {
  const detail = { state, reason, ...(version === undefined ? {} : { version }) }
  return changeKey(vault, { name, action, detail }, (key) => {
    const from = version === undefined ? key.state : versionOf(key, version).state
    if (onlyFrom !== undefined && from !== onlyFrom)
      throw new VaultError("STATE_DENIED", `${key.name} is ${from}, not ${onlyFrom}`)
    return version === undefined ? keyInState(key, state) : versionInState(key, version, state)
  })
}
