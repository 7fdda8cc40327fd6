import type { PolicyAct } from "../../preload/contract/policy-file.ts"
import { durationMs } from "./cryptoperiod.ts"
import { isLooser } from "./exportable.ts"
import type { Key } from "./key.ts"
import { inVault } from "./key-location.ts"
import type { Policy } from "./policy-profiles.ts"
import { commandOn } from "./shell-words.ts"
import { VaultError } from "./vault-error.ts"

/** What rules look at: a key as it is, or as it is to be. */
export type Governed = Pick<
  Key,
  | "name"
  | "keyring"
  | "algorithm"
  | "purpose"
  | "exportable"
  | "location"
  | "owner"
  | "environment"
  | "rotateEvery"
  | "state"
>

interface Objection {
  readonly message: string
  /** What a person can do. */
  readonly fix: string
}

interface Rule {
  readonly severity: "error" | "warning"
  /** A change of anything else does not raise the question again. */
  readonly about: readonly (keyof Governed)[]
  readonly objection: (policy: Policy, key: Governed) => Objection | null
}

export const ruleNames = [
  "allowed-algorithm",
  "allowed-purpose",
  "cryptoperiod",
  "exportable-at-most",
  "token-only",
  "owner-required",
  "environment-required",
] as const
export type RuleName = (typeof ruleNames)[number]

const rules: Readonly<Record<RuleName, Rule>> = {
  "allowed-algorithm": { severity: "error", about: ["algorithm", "keyring"], objection: allowedAlgorithm },
  "allowed-purpose": { severity: "error", about: ["purpose", "keyring"], objection: allowedPurpose },
  cryptoperiod: { severity: "warning", about: ["rotateEvery", "keyring"], objection: cryptoperiod },
  "exportable-at-most": { severity: "error", about: ["exportable", "keyring"], objection: exportableAtMost },
  "token-only": { severity: "error", about: ["location", "keyring"], objection: tokenOnly },
  "owner-required": { severity: "warning", about: ["owner", "keyring"], objection: ownerRequired },
  "environment-required": { severity: "warning", about: ["environment", "keyring"], objection: environmentRequired },
}

export interface RuleFinding extends Objection {
  readonly rule: RuleName | "use-limit"
  readonly severity: Rule["severity"]
}

/** Rules that a key which does its work, or gets a new version, must meet; the others are about what is said of it. */
const ofWork: readonly RuleName[] = ["allowed-algorithm", "allowed-purpose", "token-only"]

const working: readonly Key["state"][] = ["pre-active", "active", "suspended"]

/** What of a policy a key does not meet; a key whose work is over meets all. */
export function findingsUnder(policy: Policy, key: Governed): readonly RuleFinding[] {
  return working.includes(key.state) ? objections(policy, key, ruleNames) : []
}

/** @throws `POLICY_DENIED` when a key that is to be here would not meet the policy */
export function requireNew(policy: Policy, key: Governed): void {
  refuse(objections(policy, key, ruleNames))
}

/**
 * A key that does not meet a policy may be changed all the same, only not in what is wrong with it.
 * @throws `POLICY_DENIED`
 */
export function requireChange(policy: Policy, before: Governed, after: Governed): void {
  if (!working.includes(after.state)) return
  const touched = ruleNames.filter((name) => rules[name].about.some((field) => before[field] !== after[field]))
  refuse(objections(policy, after, touched))
}

/** For new work: a use that protects something, a new version. What was protected opens whatever the policy says. @throws `POLICY_DENIED` */
export function requireWork(policy: Policy, key: Governed): void {
  refuse(objections(policy, key, ofWork))
}

/** @param needed - what the key's own setting must be for it @throws `POLICY_DENIED` */
export function requireExport(policy: Policy, key: Governed, needed: Key["exportable"]): void {
  refuse(objections(policy, { ...key, exportable: needed }, ["exportable-at-most"]))
}

/** @throws `APPROVAL_REQUIRED` */
export function requireNoApproval(policy: Policy, key: Pick<Governed, "name" | "keyring">, act: PolicyAct): void {
  if (!policy.approvals.includes(act)) return
  throw new VaultError(
    "APPROVAL_REQUIRED",
    `approval: the policy of ${key.keyring} lets nobody ${act} ${key.name} alone; a second person must approve it`,
  )
}

function objections(policy: Policy, key: Governed, names: readonly RuleName[]): RuleFinding[] {
  return names.flatMap((rule) => {
    const { severity, objection } = rules[rule]
    const found = objection(policy, key)
    return found === null ? [] : [{ rule, severity, ...found }]
  })
}

function refuse([first]: readonly RuleFinding[]): void {
  if (first === undefined) return
  throw new VaultError("POLICY_DENIED", `${first.rule}: ${first.message} ${first.fix}`)
}

function allowedAlgorithm({ algorithms }: Policy, { algorithm, keyring }: Governed): Objection | null {
  if (algorithms === null || algorithms.includes(algorithm)) return null
  return {
    message: `The policy of ${keyring} does not allow ${algorithm}.`,
    fix: `Use a key that is one of ${algorithms.join(", ")}, or another keyring.`,
  }
}

function allowedPurpose({ purposes }: Policy, { purpose, keyring }: Governed): Objection | null {
  if (purposes === null || purposes.includes(purpose)) return null
  return {
    message: `The policy of ${keyring} does not allow keys for ${purpose}.`,
    fix: `Use another keyring; this one is for ${purposes.join(", ")}.`,
  }
}

function cryptoperiod({ cryptoperiods }: Policy, { purpose, rotateEvery, keyring, name }: Governed): Objection | null {
  const longest = cryptoperiods[purpose]
  if (longest === undefined || (rotateEvery !== null && durationMs(rotateEvery) <= durationMs(longest))) return null
  return {
    message: `The policy of ${keyring} has keys for ${purpose} rotate every ${longest} or oftener.`,
    fix: `Give it such a schedule: ${commandOn(name, "key set", `--rotate-every ${longest}`)}.`,
  }
}

function exportableAtMost({ exportable: most }: Policy, { exportable, keyring, name }: Governed): Objection | null {
  if (!isLooser(exportable, most)) return null
  return {
    message: `The policy of ${keyring} lets keys be exportable: ${most} at most, not ${exportable}.`,
    fix: `Tighten the key: ${commandOn(name, "key set", `--exportable ${most}`)}.`,
  }
}

function tokenOnly({ location: place }: Policy, { location, keyring }: Governed): Objection | null {
  if (place === "anywhere" || location !== inVault) return null
  return {
    message: `The policy of ${keyring} has keys in tokens only.`,
    fix: "Make the key in one (key generate --token URI), or use another keyring.",
  }
}

function ownerRequired({ required }: Policy, { owner, keyring, name }: Governed): Objection | null {
  if (!required.includes("owner") || owner !== null) return null
  return {
    message: `The policy of ${keyring} wants an owner for each key.`,
    fix: `Name one: ${commandOn(name, "key set", "--owner WHO")}.`,
  }
}

function environmentRequired({ required }: Policy, { environment, keyring, name }: Governed): Objection | null {
  if (!required.includes("environment") || environment !== null) return null
  return {
    message: `The policy of ${keyring} wants an environment for each key.`,
    fix: `Name one: ${commandOn(name, "key set", "--environment WHERE")}.`,
  }
}
