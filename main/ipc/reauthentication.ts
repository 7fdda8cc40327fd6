import { isReauthenticated, reauthenticated } from "../../preload/contract/reauthentication.ts"
import type { Dispatch } from "../operations/dispatch.ts"

/** Lets what is on the contract's list through for the passphrase of the open vault only, which has to come with each request. */
export function reauthenticating(dispatch: Dispatch, reauthenticate: Dispatch): Dispatch {
  return async (name, input) => {
    if (!isReauthenticated(name)) return dispatch(name, input)
    const isCheckedLater = reauthenticated[name] === "operation" && hasPassphrase(input)
    const proof = isCheckedLater ? null : await reauthenticate(name, input)
    return proof === null || proof.ok ? dispatch(name, input) : proof
  }
}

function hasPassphrase(input: unknown): boolean {
  if (typeof input !== "object" || input === null) return false
  const given: unknown = Reflect.get(input, "passphrase")
  return given instanceof Uint8Array && given.length > 0
}

/** The same request for those who know nothing of the passphrase that came with it. */
export function withoutPassphrase(name: string, input: unknown): unknown {
  if (!isReauthenticated(name) || reauthenticated[name] === "operation") return input
  if (typeof input !== "object" || input === null) return input
  return Object.fromEntries(Object.entries(input).filter(([field]) => field !== "passphrase"))
}
