import type { LockLimits } from "../../../preload/contract/policy.ts"
import { lockLimits } from "../../domain/lock-limits.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Session } from "../../domain/session.ts"
import { policyOrStrict } from "./policy-for.ts"

/** How soon the vault must lock: of each setting the strictest that one of its keyrings asks for. */
export function policyLock(session: Session<OpenVault>) {
  return (): LockLimits => {
    const vault = session.current()
    return lockLimits(
      vault.keyrings.list().map((keyring) => ({ keyring: keyring.name, policy: policyOrStrict(vault, keyring) })),
    )
  }
}
