import type { KeyFinding } from "../../preload/contract/key-object.ts"
import type { Algorithm, Purpose } from "../../preload/contract/values.ts"
import { fitsPurpose } from "./purpose.ts"
import { commandOn } from "./shell-words.ts"
import type { TokenKeyReport, TokenUsage } from "./token-port.ts"
import { VaultError } from "./vault-error.ts"

type Report = Pick<TokenKeyReport, "claims" | "usages">

/** What each job takes of a key: of one half for a private key, which has the second of each pair only. */
const jobs = {
  signature: ["sign", "verify"],
  authentication: ["sign", "verify"],
  ssh: ["sign", "verify"],
  "certificate-authority": ["sign", "verify"],
  mac: ["sign", "verify"],
  encryption: ["encrypt", "decrypt"],
  "key-wrapping": ["wrap", "unwrap"],
  "key-agreement": ["derive"],
} as const satisfies Partial<Record<Purpose, readonly TokenUsage[]>>
type Job = keyof typeof jobs

/** What the key itself must be able to do, be it secret or private: the other half is for everybody. */
const deciding: Readonly<Record<Job, TokenUsage>> = {
  signature: "sign",
  authentication: "sign",
  ssh: "sign",
  "certificate-authority": "sign",
  mac: "sign",
  encryption: "decrypt",
  "key-wrapping": "unwrap",
  "key-agreement": "derive",
}

/** One for each use, the most common. */
const usualJobs: readonly Job[] = ["signature", "mac", "encryption", "key-wrapping", "key-agreement"]

/**
 * The one job that a key in a token gets: the one that was asked for, else the only one that its attributes allow.
 * @throws `INVALID_INPUT` when it can't do that, or does several
 */
export function jobOf(algorithm: Algorithm, { usages }: Report, asked: Purpose | undefined): Purpose {
  const does = (job: Job): boolean => usages.includes(deciding[job]) && fitsPurpose(algorithm, job)
  const possible = usualJobs.filter(does)
  const told = possible.length === 0 ? "none" : possible.join(", ")
  if (asked !== undefined) {
    if (isJob(asked) && does(asked)) return asked
    throw new VaultError("INVALID_INPUT", `purpose: this key does not serve ${asked} in its token; it serves: ${told}`)
  }
  const [only, ...others] = possible
  if (only === undefined || others.length > 0)
    throw new VaultError("INVALID_INPUT", `purpose: say which of its jobs the key is to have: ${told}`)
  return only
}

function isJob(purpose: Purpose): purpose is Job {
  return Object.hasOwn(jobs, purpose)
}

/** What a flag allows that no algorithm of the key does is no job. Some libraries set all that nobody ruled out. */
function meaningful(algorithm: Algorithm, usages: readonly TokenUsage[]): readonly TokenUsage[] {
  const possible = usualJobs
    .filter((job) => fitsPurpose(algorithm, job))
    .flatMap((job): readonly TokenUsage[] => jobs[job])
  return usages.filter((usage) => possible.includes(usage))
}

const ofPrivateHalf: readonly TokenUsage[] = ["sign", "decrypt", "unwrap", "derive"]

const words = {
  "token-key-extractable":
    "The token does not rule out that it is taken out (CKA_EXTRACTABLE): hardware does not protect it.",
  "token-key-was-extractable": "It could be taken out of the token before (CKA_NEVER_EXTRACTABLE is not set).",
  "token-key-not-sensitive":
    "The token does not say that it hides the key (CKA_SENSITIVE): who has the PIN may read it.",
  "token-key-was-not-sensitive": "It could be read before (CKA_ALWAYS_SENSITIVE is not set).",
  "token-key-not-local": "It was not made in the token (CKA_LOCAL is not set): there may be copies elsewhere.",
  "token-key-not-private": "The token does not say that it asks for a PIN before it uses the key (CKA_PRIVATE).",
  "token-key-several-jobs": "In the token it can do more than its one job: one key, one job is kept here, not there.",
  "token-key-wraps-and-decrypts":
    "It wraps and decrypts: with it, any extractable key comes out of the token in the clear.",
} as const

/** What is about a key's past: that does not change. */
const ofOrigin = ["token-key-was-extractable", "token-key-was-not-sensitive", "token-key-not-local"]

/** How a key that was made in a token by us is another by now: other programs may change what it is for. */
export function tokenKeyChanges(
  algorithm: Algorithm,
  purpose: Purpose,
  report: Report & Pick<TokenKeyReport, "publicKey">,
): KeyFinding[] {
  const { claims, publicKey } = report
  // What some libraries say of a private key is about its public half.
  const usages = report.usages.filter((usage) => publicKey === null || ofPrivateHalf.includes(usage))
  return tokenKeyFindings(algorithm, purpose, { claims, usages }).filter(({ rule }) => !ofOrigin.includes(rule))
}

/** How a key that is in a token already differs from one that is made there by us. What the token says, nothing proves. */
export function tokenKeyFindings(algorithm: Algorithm, purpose: Purpose, { claims, usages }: Report): KeyFinding[] {
  const findings: KeyFinding[] = []
  const find = (rule: Rule, message: string = words[rule]): void => {
    findings.push({ rule, severity: "warning", message })
  }
  if (claims.extractable !== false) find("token-key-extractable")
  else if (claims.neverExtractable !== true) find("token-key-was-extractable")
  if (claims.sensitive !== true) find("token-key-not-sensitive")
  else if (claims.alwaysSensitive !== true) find("token-key-was-not-sensitive")
  if (claims.local !== true) find("token-key-not-local")
  if (claims.private !== true) find("token-key-not-private")
  const others = meaningful(algorithm, usages).filter((usage) => !usagesOf(purpose).includes(usage))
  if (others.length > 0)
    find(
      "token-key-several-jobs",
      `In the token it can also ${others.join(", ")}: one key, one job is kept here, not there.`,
    )
  if (usages.includes("wrap") && usages.includes("decrypt")) find("token-key-wraps-and-decrypts")
  return findings
}

export type AdoptionFinding = KeyFinding & { readonly severity: "warning"; readonly fix: string }

/** What was found when a key was taken in, for as long as that version does the work. */
export function findingsOfAdoption(name: string, rules: readonly string[]): AdoptionFinding[] {
  const fix = `Have its token make another in its place: ${commandOn(name, "key rotate")}.`
  return rules.filter(isRule).map((rule) => ({ rule, severity: "warning", message: words[rule], fix }))
}

type Rule = keyof typeof words

function isRule(rule: string): rule is Rule {
  return Object.hasOwn(words, rule)
}

function usagesOf(purpose: Purpose): readonly TokenUsage[] {
  return isJob(purpose) ? jobs[purpose] : []
}
