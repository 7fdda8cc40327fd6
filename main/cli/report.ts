import { type Failure, type FailureCode, failures } from "../../preload/contract/failure.ts"
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
  const { message, hint } = failures[code]
  const place = reference === undefined ? detail : `reference ${reference}`
  return { code, message: place === undefined ? message : `${message.replace(/\.$/, "")}: ${place}`, hint }
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
