import type { HandlersOf } from "../../preload/contract/index.ts"
import { checkPolicy } from "../use-cases/policy/check-policy.ts"
import { policyLock } from "../use-cases/policy/policy-lock.ts"
import type { VaultSession } from "./vault-session.ts"

/** The handlers for policies. */
export function policyHandlers(session: VaultSession): HandlersOf<"policy"> {
  return { "policy.check": checkPolicy(session), "policy.lock": policyLock(session) }
}
