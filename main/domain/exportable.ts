import type { Algorithm, Exportable } from "../../preload/contract/values.ts"
import { isSeed } from "./purpose.ts"
import { VaultError } from "./vault-error.ts"

const looseness: Readonly<Record<Exportable, number>> = { never: 0, wrapped: 1, yes: 2 }

/** Whether one setting lets out more than another. */
export function isLooser(setting: Exportable, than: Exportable): boolean {
  return looseness[setting] > looseness[than]
}

/** What is left when both hold. */
export function strictest(one: Exportable, other: Exportable): Exportable {
  return isLooser(one, other) ? other : one
}

/**
 * What a key gets for which nothing was said: it stays. Only a secret text has no other use than to be read; and a seed that
 * could not be written down, nor leave encrypted, would be lost with the vault.
 */
export function usualExportable(algorithm: Algorithm): Exportable {
  if (algorithm === "secret") return "yes"
  return isSeed(algorithm) ? "wrapped" : "never"
}

/** @throws `POLICY_DENIED` when the new setting would let out more than the old one */
export function requireTightening(from: Exportable, to: Exportable): void {
  if (isLooser(to, from)) {
    throw new VaultError("POLICY_DENIED", `exportable-only-tightens: from ${from} to ${to}`)
  }
}

/** What a key must be set to for its material to leave in that way. */
export function neededToLeave(inTheClear: boolean): Exportable {
  return inTheClear ? "yes" : "wrapped"
}

/** @throws `POLICY_DENIED` when material may not leave in that way */
export function requireExportable(name: string, setting: Exportable, inTheClear: boolean): void {
  const least = neededToLeave(inTheClear)
  if (isLooser(least, setting)) {
    throw new VaultError("POLICY_DENIED", `exportable: ${name} has exportable: ${setting}, this needs ${least}`)
  }
}
