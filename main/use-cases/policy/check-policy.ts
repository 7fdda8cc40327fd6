import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { KeyringRecord, OpenVault } from "../../domain/open-vault.ts"
import { findingsUnder, type RuleFinding } from "../../domain/policy.ts"
import { effectivePolicy, type Policy } from "../../domain/policy-profiles.ts"
import type { GovernedKey } from "../../domain/report-source.ts"
import type { Session } from "../../domain/session.ts"
import { mostSealsInOneRow, useLimitFinding } from "../../domain/use-limit.ts"
import { adoptionFindings } from "../key/adoption-findings.ts"
import { genuine } from "../key/genuine-keys.ts"
import { wantedWhileWaiting } from "../key/wanted-while-waiting.ts"

type Result = OutputOf<"policy.check">

/** What in the inventory does not meet its keyring's policy, or would not meet another one. @throws `NOT_FOUND` */
export function checkPolicy(session: Session<OpenVault>) {
  return async ({ keyring: only, as, limit }: InputOf<"policy.check">): Promise<Result> => {
    const vault = session.current()
    const keyrings = only === undefined ? vault.keyrings.list() : [vault.keyrings.find(only)]
    const findings = new Findings(limit)
    if (as === undefined) {
      findWanted(vault, only, findings)
      findAdopted(vault, only, findings)
    }
    // What holds where nothing was set objects to nothing: there is no need to go through those keys.
    const held = keyrings
      .filter((each) => as !== undefined || vault.policies.current(each) !== null)
      .map((keyring) => ({ keyring, policy: as === undefined ? vault.policies.of(keyring) : effectivePolicy(as) }))
    if (held.length > 0) await findByRules(vault, held, findings)
    for (const { keyring, policy } of held) await findByUse(vault, keyring, policy, findings)
    return findings.result
  }
}

/** Also what is no rule of a policy, but needs a person at once. */
type Finding = Omit<RuleFinding, "rule"> & { readonly rule: string }

interface Held {
  readonly keyring: KeyringRecord
  readonly policy: Policy
}

/** All are counted, the first are listed. */
class Findings {
  readonly result: Result = { counts: { error: 0, warning: 0 }, findings: [] }
  readonly #limit: number

  constructor(limit: number) {
    this.#limit = limit
  }

  get isFull(): boolean {
    return this.result.findings.length >= this.#limit
  }

  count({ severity }: Pick<RuleFinding, "severity">, keys = 1): void {
    this.result.counts[severity] += keys
  }

  list(key: string, { rule, severity, message, fix }: Finding): void {
    if (!this.isFull) this.result.findings.push({ rule, severity, key, message, fix })
  }
}

/** Before all else: what is lost soon, though somebody needs it. */
function findWanted(vault: OpenVault, keyring: string | undefined, findings: Findings): void {
  const found = vault.traces.everWanted().flatMap((id) => genuine(() => inArray(vault.keys.findById(id))))
  for (const key of found.filter((each) => keyring === undefined || each.keyring === keyring)) {
    for (const finding of wantedWhileWaiting(vault, key)) {
      findings.count(finding)
      findings.list(key.name, finding)
    }
  }
}

/** What other programs made in tokens, and Claviger would have made otherwise. */
function findAdopted(vault: OpenVault, keyring: string | undefined, findings: Findings): void {
  for (const name of vault.keys.importedInTokens()) {
    const found = genuine(() => inArray(vault.keys.find(name)))
    for (const key of found.filter((each) => keyring === undefined || each.keyring === keyring)) {
      for (const finding of adoptionFindings(vault, key)) {
        findings.count(finding)
        findings.list(key.name, finding)
      }
    }
  }
}

function inArray<One>(one: One | null): readonly One[] {
  return one === null ? [] : [one]
}

/** Keys that rules can't tell apart are judged once; by themselves they are looked at only where they are to be listed. */
async function findByRules(vault: OpenVault, held: readonly Held[], findings: Findings): Promise<void> {
  const policies = new Map(held.map(({ keyring, policy }) => [keyring.id, policy]))
  const found = (key: GovernedKey): readonly RuleFinding[] => {
    const policy = policies.get(key.keyringId)
    return policy === undefined ? [] : findingsUnder(policy, key)
  }
  for await (const { kinds, keys } of vault.reports.governed(held.map(({ keyring }) => keyring))) {
    let isWhole = true
    for (const kind of kinds) {
      for (const finding of found(kind)) {
        findings.count(finding, kind.keys)
        isWhole = false
      }
    }
    if (isWhole || findings.isFull) continue
    for (const key of keys()) for (const finding of found(key)) findings.list(key.name, finding)
  }
}

async function findByUse(vault: OpenVault, keyring: KeyringRecord, policy: Policy, findings: Findings): Promise<void> {
  // The log is too short for any version to have been used that often.
  if (vault.journal.head().seq * mostSealsInOneRow < policy.uses.warnAt) return
  const sealing = { keyring: keyring.name, states: ["active"], purposes: ["encryption", "key-wrapping"] } as const
  for await (const keys of vault.keys.outlines(sealing)) {
    for (const key of keys) {
      const finding = useLimitFinding(policy, key, vault.seals.count(key.id, key.currentVersion))
      if (finding === null) continue
      findings.count(finding)
      findings.list(key.name, finding)
    }
  }
}
