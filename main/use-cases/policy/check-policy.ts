import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { KeyOutline } from "../../domain/key-outline.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { findingsUnder, type RuleFinding } from "../../domain/policy.ts"
import { effectivePolicy, type Policy } from "../../domain/policy-profiles.ts"
import type { Session } from "../../domain/session.ts"
import { useLimitFinding } from "../../domain/use-limit.ts"

/** What in the inventory does not meet its keyring's policy, or would not meet another one. @throws `NOT_FOUND` */
export function checkPolicy(session: Session<OpenVault>) {
  return async ({ keyring: only, as, limit }: InputOf<"policy.check">): Promise<OutputOf<"policy.check">> => {
    const vault = session.current()
    const keyrings = only === undefined ? vault.keyrings.list() : [vault.keyrings.find(only)]
    const counts = { error: 0, warning: 0 }
    const findings: OutputOf<"policy.check">["findings"] = []
    // What holds where nothing was set objects to nothing: there is no need to go through those keys.
    for (const keyring of keyrings.filter((each) => as !== undefined || vault.policies.current(each) !== null)) {
      const policy = as === undefined ? vault.policies.of(keyring) : effectivePolicy(as)
      for await (const keys of vault.keys.outlines({ keyring: keyring.name })) {
        for (const { key, rule, severity, message, fix } of keys.flatMap((key) => allFindings(vault, policy, key))) {
          counts[severity] += 1
          if (findings.length < limit) findings.push({ rule, severity, key, message, fix })
        }
      }
    }
    return { counts, findings }
  }
}

function allFindings(vault: OpenVault, policy: Policy, key: KeyOutline) {
  const found = [...findingsUnder(policy, key), ...useFindings(vault, policy, key)]
  return found.map((finding) => ({ ...finding, key: key.name }))
}

function useFindings(vault: OpenVault, policy: Policy, key: KeyOutline): RuleFinding[] {
  if (key.state !== "active" || (key.purpose !== "encryption" && key.purpose !== "key-wrapping")) return []
  const finding = useLimitFinding(policy, key, vault.seals.count(key.id, key.currentVersion))
  return finding === null ? [] : [finding]
}
