import type { Purpose } from "../../../preload/contract/values.ts"
import type { AnswerTo } from "../../api/ask.ts"
import { algorithmWords, purposeWords } from "../../api/key-words.ts"
import { exportWords } from "../key-actions/policy-dialog.tsx"

export type KeyringPolicy = AnswerTo<"keyring.policy">
type Effective = KeyringPolicy["effective"]
export type Profile = Effective["profile"]

interface ProfileWords {
  readonly label: string
  readonly says: string
}

export const profiles: Readonly<Record<Profile, ProfileWords>> = {
  personal: { label: "Personal", says: "Refuses nothing; it warns of keys that are used too often." },
  "nist-2030": {
    label: "NIST 2030",
    says: "What NIST approves for after 2030, with its cryptoperiods. Keys leave encrypted only.",
  },
  "cnsa-2.0": {
    label: "CNSA 2.0",
    says: "The algorithms of the NSA's suite against quantum computers. Keys leave encrypted only.",
  },
}

export const isProfile = (name: string): name is Profile => name in profiles
export const profileNames: readonly Profile[] = Object.keys(profiles).filter(isProfile)

const isPurpose = (name: string): name is Purpose => name in purposeWords
const figures = new Intl.NumberFormat("en")

/** What a policy says, rule by rule. */
export function rulesOf(policy: Effective): readonly (readonly [label: string, says: string])[] {
  const { algorithms, purposes, exportable, location, required, approvals, uses } = policy
  return [
    ["Algorithms", algorithms === null ? "any" : algorithms.map((name) => algorithmWords[name]).join(", ")],
    ["Purposes", purposes === null ? "any" : purposes.map((name) => purposeWords[name]).join(", ")],
    ["Rotation", rotationOf(policy)],
    ["Export", exportable === "yes" ? "as each key says" : `a key ${exportWords[exportable]}`],
    ["Location", location === "anywhere" ? "the vault, or a token" : "tokens only"],
    ["Must be said", required.length === 0 ? "nothing" : `the ${required.join(" and the ")} of each key`],
    ["Second person", approvals.length === 0 ? "for nothing" : `for ${approvals.join(", ")}`],
    [
      "Messages",
      `a warning after ${figures.format(uses.warnAt)} encrypted under one version, the end after ${figures.format(uses.stopAt)}`,
    ],
  ]
}

function rotationOf(policy: Effective): string {
  return policy.automaticRotation ? `${scheduleOf(policy)}; keys made here rotate by themselves` : scheduleOf(policy)
}

function scheduleOf({ cryptoperiods }: Effective): string {
  const byPeriod = new Map<string, string[]>()
  for (const [purpose, period] of Object.entries(cryptoperiods)) {
    const words = isPurpose(purpose) ? purposeWords[purpose] : purpose
    byPeriod.set(period, [...(byPeriod.get(period) ?? []), words])
  }
  if (byPeriod.size === 0) return "no schedule is asked for"
  return [...byPeriod].map(([period, names]) => `every ${period} or oftener for ${names.join(", ")}`).join("; ")
}
