import type { Key } from "../../domain/key.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { effectivePolicy, type Policy } from "../../domain/policy-profiles.ts"
import type { KeyringPlace } from "../../domain/policy-register.ts"
import { VaultError } from "../../domain/vault-error.ts"

/** What holds for a key. @throws `INTEGRITY_FAILED` when it is not the policy that the log says was set */
export function policyFor(
  vault: OpenVault,
  { keyringId: id, keyring: name }: Pick<Key, "keyringId" | "keyring">,
): Policy {
  return vault.policies.of({ id, name })
}

/** For what must not fail over it: whoever edits a policy behind the log's back has nothing become looser. */
export function policyOrStrict(vault: Pick<OpenVault, "policies">, keyring: KeyringPlace): Policy {
  try {
    return vault.policies.of(keyring)
  } catch (error) {
    if (error instanceof VaultError) return effectivePolicy({ profile: "cnsa-2.0" })
    throw error
  }
}
