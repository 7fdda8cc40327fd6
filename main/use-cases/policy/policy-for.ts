import type { Key } from "../../domain/key.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Policy } from "../../domain/policy-profiles.ts"

/** What holds for a key. @throws `INTEGRITY_FAILED` when it is not the policy that the log says was set */
export function policyFor(
  vault: OpenVault,
  { keyringId: id, keyring: name }: Pick<Key, "keyringId" | "keyring">,
): Policy {
  return vault.policies.of({ id, name })
}
