import type { Purpose } from "../../../preload/contract/values.ts"
import type { AnswerTo } from "../../api/ask.ts"
import { algorithmWords, purposeWords } from "../../api/key-words.ts"
import { lengthWords } from "../key-actions/counted.ts"
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
/** No policy limits what is as long as this: seconds. */
const anyTime = 86_400
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
    ["Protected for", protectionOf(policy)],
    ["Quantum computers", `none is expected to the end of ${policy.quantumYear}`],
    ["Unusual use", unusualOf(policy)],
    ["Locking", lockOf(policy)],
    [
      "Messages",
      `a warning after ${figures.format(uses.warnAt)} encrypted under one version, the end after ${figures.format(uses.stopAt)}`,
    ],
  ]
}

function protectionOf({ protectFor }: Effective): string {
  const said = byDuration(protectFor).map(([period, names]) => `${lengthWords(period)} for ${names.join(", ")}`)
  return said.length === 0 ? "as each key says" : said.join("; ")
}

function unusualOf({ unusual }: Effective): string {
  const { burstUses, burstFactor, oddHourDays, rest, failures } = unusual
  return [
    `${figures.format(burstUses)} uses of a key within an hour, ${burstFactor} times as many as ever before`,
    `hours of fewer than one in ${oddHourDays} days`,
    `a key after ${lengthWords(rest)} of rest`,
    `${figures.format(failures)} failures within an hour`,
  ].join("; ")
}

function lockOf({ lock }: Effective): string {
  const said = [
    ...(lock.afterIdle < anyTime ? [`${figures.format(lock.afterIdle)} seconds without use`] : []),
    ...(lock.afterIdleOnSeeds < anyTime ? [`${figures.format(lock.afterIdleOnSeeds)} with seeds on the screen`] : []),
    ...(lock.onScreenLock ? ["the screen is locked"] : []),
    ...(lock.onSuspend ? ["the machine sleeps"] : []),
    ...(lock.onClose ? ["the window is closed"] : []),
  ]
  return said.length === 0 ? "as each person likes it" : `at the latest after, or when, ${said.join(", ")}`
}

function rotationOf(policy: Effective): string {
  return policy.automaticRotation ? `${scheduleOf(policy)}; keys made here rotate by themselves` : scheduleOf(policy)
}

function scheduleOf({ cryptoperiods }: Effective): string {
  const said = byDuration(cryptoperiods).map(
    ([period, names]) => `every ${lengthWords(period)} or oftener for ${names.join(", ")}`,
  )
  return said.length === 0 ? "no schedule is asked for" : said.join("; ")
}

/** The purposes that have each duration. */
function byDuration(durations: Effective["cryptoperiods"]): readonly (readonly [string, readonly string[]])[] {
  const byPeriod = new Map<string, string[]>()
  for (const [purpose, period] of Object.entries(durations)) {
    const words = isPurpose(purpose) ? purposeWords[purpose] : purpose
    byPeriod.set(period, [...(byPeriod.get(period) ?? []), words])
  }
  return [...byPeriod]
}
