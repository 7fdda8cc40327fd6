import type { LockLimits } from "../../../preload/contract/policy.ts"
import { lockLimits } from "../../domain/lock-limits.ts"
import type { KeyringRecord, OpenVault } from "../../domain/open-vault.ts"
import { effectivePolicy, type Policy } from "../../domain/policy-profiles.ts"
import type { Session } from "../../domain/session.ts"
import { VaultError } from "../../domain/vault-error.ts"

/** How soon the vault must lock: of each setting the strictest that one of its keyrings asks for. */
export function policyLock(session: Session<OpenVault>) {
  return (): LockLimits => {
    const vault = session.current()
    return lockLimits(
      vault.keyrings.list().map((keyring) => ({ keyring: keyring.name, policy: knownOrStrict(vault, keyring) })),
    )
  }
}

/** Whoever edits a policy behind the log's back does not have the vault stay open for longer. */
function knownOrStrict(vault: OpenVault, keyring: KeyringRecord): Policy {
  try {
    return vault.policies.of(keyring)
  } catch (error) {
    if (error instanceof VaultError) return effectivePolicy({ profile: "cnsa-2.0" })
    throw error
  }
}
