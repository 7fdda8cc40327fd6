import type { Algorithm, KeyState, Purpose } from "../../../preload/contract/values.ts"
import type { RequestFor } from "../../api/ask.ts"
import { algorithmWords, purposeWords, stateWords } from "../../api/key-words.ts"

/** What a list is narrowed by, beside the words that are searched for. */
export type KeyFilter = {
  readonly [Field in "due" | "state" | "purpose" | "algorithm" | "keyring"]?: NonNullable<RequestFor<"key.list">[Field]>
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
