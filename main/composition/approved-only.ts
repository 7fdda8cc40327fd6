import type { PolicyAct } from "../../preload/contract/policy-file.ts"
import { keyNamed } from "../use-cases/key/key-named.ts"
import { requireApproved } from "../use-cases/policy/require-policy.ts"
import type { VaultSession } from "./vault-session.ts"

/** A handler that first asks the policy of the key's keyring whether one person may do that alone. @throws `APPROVAL_REQUIRED` */
export function approvedOnly<Input extends { readonly name: string }, Output>(
  session: VaultSession,
  act: PolicyAct,
  handle: (input: Input) => Output,
): (input: Input) => Output {
  return (input) => {
    const vault = session.current()
    requireApproved(vault, keyNamed(vault, input.name), act)
    return handle(input)
  }
}
