import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { findingsUnder } from "../../domain/policy.ts"
import type { Session } from "../../domain/session.ts"

/** What in the inventory does not meet its keyring's policy. @throws `NOT_FOUND` */
export function checkPolicy(session: Session<OpenVault>) {
  return async ({ keyring: only }: InputOf<"policy.check">): Promise<OutputOf<"policy.check">> => {
    const vault = session.current()
    const keyrings = only === undefined ? vault.keyrings.list() : [vault.keyrings.find(only)]
    const findings: OutputOf<"policy.check">["findings"] = []
    // What holds where nothing was set objects to nothing: there is no need to go through those keys.
    for (const keyring of keyrings.filter((each) => vault.policies.current(each) !== null)) {
      const policy = vault.policies.of(keyring)
      for await (const keys of vault.keys.outlines({ keyring: keyring.name })) {
        for (const key of keys) {
          for (const { rule, severity, message, fix } of findingsUnder(policy, key)) {
            findings.push({ rule, severity, key: key.name, message, fix })
          }
        }
      }
    }
    return { findings }
  }
}
