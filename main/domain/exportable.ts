import type { Algorithm, Exportable } from "../../preload/contract/values.ts"
import { isSeed } from "./purpose.ts"
import { VaultError } from "./vault-error.ts"

const looseness: Readonly<Record<Exportable, number>> = { never: 0, wrapped: 1, yes: 2 }

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
  if (looseness[to] > looseness[from]) {
    throw new VaultError("POLICY_DENIED", `exportable-only-tightens: from ${from} to ${to}`)
  }
}

/** @throws `POLICY_DENIED` when material may not leave in that way */
export function requireExportable(name: string, setting: Exportable, inTheClear: boolean): void {
  const least: Exportable = inTheClear ? "yes" : "wrapped"
  if (looseness[setting] < looseness[least]) {
    throw new VaultError("POLICY_DENIED", `exportable: ${name} has exportable: ${setting}, this needs ${least}`)
  }
}
