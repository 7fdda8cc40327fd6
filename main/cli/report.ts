import {
  caseOf,
  type Failure,
  type FailureCode,
  failures,
  keyringInNeed,
  ofWhichToken,
} from "../../preload/contract/failure.ts"
import { printable } from "../domain/printable.ts"
import type { Outcome } from "./command.ts"
import { showResult } from "./show-result.ts"

/** How a failure is written into JSON, in batch and with `--json`. */
export interface FailureDocument {
  readonly code: FailureCode
  readonly message: string
  readonly hint: string
}

export function failureDocument({ code, detail, reference }: Failure): FailureDocument {
  const told = detail === undefined ? {} : { detail: withWayOut(detail) }
  const { message, hint, detail: named } = caseOf({ code, ...told }) ?? { ...failures[code], ...told }
  const place = reference === undefined ? named : `reference ${reference}`
  return { code, message: place === undefined ? message : `${message.replace(/\.$/, "")}: ${place}`, hint }
}

/** What is to be typed, where a token that holds something is meant and the command has no option for it. */
function withWayOut(detail: string): string {
  const keyring = keyringInNeed(detail)
  if (keyring !== null) return `${detail}: --unlock-keyring with --keyring-pin-file, --keyring-pin-fd or a terminal`
  if (!detail.startsWith(ofWhichToken)) return detail
  return `${detail}: --unlock-keyring with --keyring-token, or --unlock-token for the vault itself`
}

/** One line for a person. */
export function failureLine(failure: Failure): string {
  const { message, hint } = failureDocument(failure)
  const sentence = /[.!?]$/.test(message) ? message : `${message}.`
  return `claviger: ${printable(sentence)} ${hint}\n`
}

/** What a command answers: a JSON document, or something that a person reads. */
export function answerText(
  { answer, shown }: Outcome,
  isJson: boolean,
  columns: readonly string[] | undefined,
): string {
  if (answer === null) return ""
  return `${isJson ? JSON.stringify(answer) : (shown ?? showResult(answer, columns))}\n`
}
