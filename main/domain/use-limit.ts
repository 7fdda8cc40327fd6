import type { Mechanism } from "../../preload/contract/values.ts"
import type { Key } from "./key.ts"
import type { RuleFinding } from "./policy.ts"
import type { Policy } from "./policy-profiles.ts"
import { commandOn } from "./shell-words.ts"
import { VaultError } from "./vault-error.ts"

/** Their nonces are random and of 96 bits: of so many messages two may have the same (NIST SP 800-38D, section 8.3). */
const limited: readonly Mechanism[] = ["aes-gcm", "chacha20-poly1305"]

/** So often a version encrypts at most in what one row of the log tells. */
export const mostSealsInOneRow = 50

export function isLimited(mechanism: Mechanism): boolean {
  return limited.includes(mechanism)
}

type Counted = Pick<Key, "name" | "keyring">

/** @param uses - of one version, the one that is asked for among them @throws `POLICY_DENIED` */
export function requireUseLeft({ uses: { stopAt } }: Policy, { name, keyring }: Counted, uses: number): void {
  if (uses <= stopAt) return
  throw new VaultError(
    "POLICY_DENIED",
    `use-limit: The policy of ${keyring} ends the use of a version after ${stopAt} messages. Rotate it: ${commandOn(name, "key rotate")}.`,
  )
}

/** @param uses - of the current version, so far */
export function useLimitFinding(
  { uses: { warnAt, stopAt } }: Policy,
  { name, keyring }: Counted,
  uses: number,
): RuleFinding | null {
  if (uses < warnAt) return null
  return {
    rule: "use-limit",
    severity: uses < stopAt ? "warning" : "error",
    message: `The current version has encrypted ${uses} messages; the policy of ${keyring} ends that at ${stopAt}.`,
    fix: `Rotate it: ${commandOn(name, "key rotate")}.`,
  }
}
