import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { findingsUnder } from "../../domain/policy.ts"
import type { Session } from "../../domain/session.ts"
import { policyFor } from "./policy-for.ts"

/** What in the inventory does not meet its keyring's policy. @throws `NOT_FOUND` */
export function checkPolicy(session: Session<OpenVault>) {
  return async ({ keyring }: InputOf<"policy.check">): Promise<OutputOf<"policy.check">> => {
    const vault = session.current()
    if (keyring !== undefined) vault.keyrings.find(keyring)
    const findings: OutputOf<"policy.check">["findings"] = []
    for await (const keys of vault.keys.outlines({ keyring })) {
      for (const key of keys) {
        for (const { rule, severity, message, fix } of findingsUnder(policyFor(vault, key), key)) {
          findings.push({ rule, severity, key: key.name, message, fix })
        }
      }
    }
    return { findings }
  }
}
