import { printable } from "../domain/printable.ts"
import type { Context } from "./context.ts"
import { showResult } from "./show-result.ts"

interface Warned {
  readonly warnings?: readonly string[] | undefined
}

/** Tells a person the warnings of an answer, on standard error. A program finds them in the answer. */
export function warned<Answer extends Warned>(context: Pick<Context, "isJson" | "note">, answer: Answer): Answer {
  if (!context.isJson) for (const warning of answer.warnings ?? []) context.note(printable(warning))
  return answer
}

/** A person has seen the warnings. */
export function showWithoutWarnings({ warnings: _, ...answer }: Warned): string {
  return showResult(answer)
}
