import type { Failure } from "../../preload/contract/failure.ts"
import type { Dispatch } from "../operations/dispatch.ts"

interface LockParts {
  readonly dispatch: Dispatch
  readonly onUnlocked: (path: string) => void
  /** A vault was not unlocked with the passphrase that was typed. */
  readonly onRefused: (path: string, failure: Failure) => void
  readonly onLocked: () => void
  /** A keyring has, or may have, another policy. */
  readonly onPolicy: () => void
}

/** Watches what goes through the window's door: which vault was opened, and when one was locked. */
export function watchingLock({ dispatch, onUnlocked, onRefused, onLocked, onPolicy }: LockParts): Dispatch {
  return async (name, input) => {
    const reply = await dispatch(name, input)
    const path = name === "vault.unlock" ? pathIn(input) : null
    // The answer goes first: the page that asked is about to end.
    if (!reply.ok) {
      if (path !== null) setImmediate(onRefused, path, reply.error)
      return reply
    }
    if (path !== null) onUnlocked(path)
    if (name === "keyring.policy") onPolicy()
    if (name === "vault.lock") setImmediate(onLocked)
    return reply
  }
}

/** @returns `null` for what a page that was taken over may send: the contract has refused it */
function pathIn(input: unknown): string | null {
  if (typeof input !== "object" || input === null) return null
  const path: unknown = Reflect.get(input, "path")
  return typeof path === "string" ? path : null
}
