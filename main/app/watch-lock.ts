import type { Failure } from "../../preload/contract/failure.ts"
import type { Dispatch } from "../operations/dispatch.ts"

interface LockParts {
  readonly dispatch: Dispatch
  readonly onUnlocked: (path: string) => void
  /** A vault was not unlocked with the passphrase that was typed. */
  readonly onRefused: (path: string, failure: Failure) => void
  readonly onLocked: () => void
}

/** Watches what goes through the window's door: which vault was opened, and when one was locked. */
export function watchingLock({ dispatch, onUnlocked, onRefused, onLocked }: LockParts): Dispatch {
  return async (name, input) => {
    const reply = await dispatch(name, input)
    // The answer goes first: the page that asked is about to end.
    if (!reply.ok) {
      if (name === "vault.unlock") setImmediate(onRefused, pathIn(input), reply.error)
      return reply
    }
    if (name === "vault.unlock") onUnlocked(pathIn(input))
    if (name === "vault.lock") setImmediate(onLocked)
    return reply
  }
}

function pathIn(input: unknown): string {
  if (typeof input === "object" && input !== null && "path" in input && typeof input.path === "string") {
    return input.path
  }
  throw new Error("the contract checked that there is a path")
}
