import type { AgeSpan } from "../../../preload/contract/report.ts"
import type { Algorithm, Duration, KeyState, Purpose } from "../../../preload/contract/values.ts"
import type { RequestFor } from "../../api/ask.ts"
import { algorithmWords, purposeWords, stateWords } from "../../api/key-words.ts"

/** What a list is narrowed by, beside the words that are searched for. */
export type KeyFilter = {
  readonly [Field in "due" | "olderThan" | "youngerThan" | "state" | "purpose" | "algorithm" | "keyring"]?: NonNullable<
    RequestFor<"key.list">[Field]
  >
}

const isState = (name: string): name is KeyState => name in stateWords
const isPurpose = (name: string): name is Purpose => name in purposeWords

export const stateChoices: readonly KeyState[] = Object.keys(stateWords).filter(isState)
export const purposeChoices: readonly Purpose[] = Object.keys(purposeWords).filter(isPurpose)

const isAlgorithm = (name: string): name is Algorithm => name in algorithmWords

export const algorithmChoices: readonly { readonly value: Algorithm; readonly label: string }[] = Object.keys(
  algorithmWords,
)
  .filter(isAlgorithm)
  .map((value) => ({ value, label: algorithmWords[value] }))

/** The ages that the list is narrowed by, as the report on them counts. */
export const ages: readonly AgeSpan[] = [
  { olderThan: null, youngerThan: "90d" },
  { olderThan: "90d", youngerThan: "1y" },
  { olderThan: "1y", youngerThan: "2y" },
  { olderThan: "2y", youngerThan: "3y" },
  { olderThan: "3y", youngerThan: null },
]

/** For example "1 year to 2 years". */
export function ageWords({ olderThan, youngerThan }: AgeSpan): string {
  if (olderThan === null) return youngerThan === null ? "any" : `under ${inWords(youngerThan)}`
  return youngerThan === null ? `${inWords(olderThan)} and more` : `${inWords(olderThan)} to ${inWords(youngerThan)}`
}

export function ageFilter({ olderThan, youngerThan }: AgeSpan): Pick<KeyFilter, "olderThan" | "youngerThan"> {
  return { ...(olderThan === null ? {} : { olderThan }), ...(youngerThan === null ? {} : { youngerThan }) }
}

const units: Readonly<Record<string, string>> = { h: "hour", d: "day", w: "week", y: "year" }

function inWords(duration: Duration): string {
  const amount = Number(duration.slice(0, -1))
  return `${amount} ${units[duration.slice(-1)] ?? ""}${amount === 1 ? "" : "s"}`
}
