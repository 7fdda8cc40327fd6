import type { HygieneFinding } from "../../preload/contract/report.ts"
import type { Duration } from "../../preload/contract/values.ts"
import { algorithmFacts } from "./algorithm-facts.ts"
import { rotationFix } from "./due.ts"
import type { HygieneKey } from "./report-source.ts"
import { commandOn } from "./shell-words.ts"

/** SP 800-57 part 1 rev. 5, table 4: after 2030 less is not allowed for anything that is protected anew. */
const bitsAfter2030 = 128

/** Those with less security than NIST allows after 2030. */
export const deprecatedAlgorithms = Object.entries(algorithmFacts)
  .filter(([, { classical }]) => classical !== undefined && classical < bitsAfter2030)
  .map(([algorithm]) => algorithm)

interface Words {
  readonly message: string
  readonly fix: string
}

interface Spans {
  readonly unusedFor: Duration
  readonly neverRotatedFor: Duration
}

type WordsFor = (key: HygieneKey, spans: Spans) => Words

const weaknesses: Readonly<Record<string, string>> = {
  roca: "A faulty chip made it (ROCA, CVE-2017-15361): whoever has the public key can compute the private one.",
  "close-primes":
    "Its two primes are nearly the same (CVE-2022-26320): whoever has the public key can compute the private one.",
  "small-exponent": "Its public exponent is smaller than 65537.",
}

const words: Readonly<Record<HygieneFinding, WordsFor>> = {
  weak: ({ name, weakness }) => ({
    message: weaknesses[weakness ?? ""] ?? "It is weak.",
    fix: `Rotate it: ${commandOn(name, "key rotate")}. Then destroy the old version.`,
  }),
  "same-material": (key) => ({
    message: `The same material is ${othersOf(key)}.`,
    fix: `Keep one of them, or give this one material of its own: ${commandOn(key.name, "key rotate")}.`,
  }),
  "across-environments": (key) => ({
    message: `The same material is ${othersOf(key)}, and not all are for ${environmentOf(key)}.`,
    fix: `Give each environment a key of its own: ${commandOn(key.name, "key rotate")}.`,
  }),
  "too-broad": (key) => ({
    message: `The same material is ${othersOf(key)}, and not all are for ${key.purpose}: it has more than one job.`,
    fix: `Give each job a key of its own: ${commandOn(key.name, "key rotate")}.`,
  }),
  due: (key) => ({ message: "It was to rotate, or to end, by now.", fix: rotationFix(key) }),
  "never-backed-up": () => ({
    message: "No backup holds what it is now.",
    fix: "Make a backup: vault backup FILE.",
  }),
  deprecated: ({ name, algorithm }) => ({
    message: `${algorithm} has ${algorithmFacts[algorithm].classical} bits of security; NIST allows no less than ${bitsAfter2030} after 2030 (SP 800-57).`,
    fix: `Make a stronger key in its place: key generate NEW --algorithm ALG. Then end this one: ${commandOn(name, "key deactivate", "--reason WHY")}.`,
  }),
  "never-rotated": ({ name, createdAt }, { neverRotatedFor }) => ({
    message: `It is the same since ${createdAt.slice(0, 10)}: longer than ${neverRotatedFor}.`,
    fix: `Rotate it: ${commandOn(name, "key rotate")}. Or give it a schedule: ${commandOn(name, "key set", "--rotate-every 1y")}.`,
  }),
  orphaned: ({ name }, { unusedFor }) => ({
    message: `Nobody answers for it, and it was not used for ${unusedFor}.`,
    fix: `Say whose it is: ${commandOn(name, "key set", "--owner WHO")}. Or suspend it: ${commandOn(name, "key suspend", "--reason WHY")}.`,
  }),
  unused: ({ name }, { unusedFor }) => ({
    message: `It was not used for ${unusedFor}.`,
    fix: `Suspend it, if nobody needs it: ${commandOn(name, "key suspend", "--reason WHY")}.`,
  }),
  "never-used": ({ name, createdAt }) => ({
    message: `It was never used since it was made on ${createdAt.slice(0, 10)}.`,
    fix: `Suspend it, if nobody needs it: ${commandOn(name, "key suspend", "--reason WHY")}.`,
  }),
}

/** What is wrong with a key, and what a person can do about it. */
export function hygieneWords(finding: HygieneFinding, key: HygieneKey, spans: Spans): Words {
  return words[finding](key, spans)
}

function othersOf({ others: { keys, names } }: HygieneKey): string {
  const more = keys - names.length
  return `also in ${names.join(", ")}${more === 0 ? "" : ` and ${more} more`}`
}

function environmentOf({ environment }: HygieneKey): string {
  return environment ?? "an environment that is not said"
}
