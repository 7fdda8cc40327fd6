import type { Reply } from "../../preload/contract/failure.ts"
import type { Handlers, OperationName } from "../../preload/contract/index.ts"
import { loadOperation } from "../../preload/contract/load-operation.ts"
import { VaultError } from "../domain/vault-error.ts"
import { describeIssue } from "./describe-issue.ts"
import { type ReportBug, toFailure } from "./to-failure.ts"

/** Asks for an operation by its name. Never throws: what goes wrong is in the reply. */
export type Dispatch = (name: unknown, input: unknown) => Promise<Reply<unknown>>

/** The only way in, for window, terminal and batch: known name → checked input → handler → checked output. */
export function createDispatch(handlers: Handlers, reportBug: ReportBug): Dispatch {
  return async (name, input) => {
    try {
      return { ok: true, result: await run(handlers, name, input) }
    } catch (error) {
      return { ok: false, error: toFailure(error, reportBug) }
    }
  }
}

async function run(handlers: Handlers, name: unknown, raw: unknown): Promise<unknown> {
  const operation = typeof name === "string" ? await loadOperation(name) : null
  if (operation === null) throw new VaultError("INVALID_INPUT", "operation")
  const checked = operation.input.safeParse(raw)
  if (!checked.success) throw new VaultError("INVALID_INPUT", describeIssue(checked.error.issues[0]))
  // The contract knows the name, so it is one of `Handlers`, and its input is the one that was checked; the compiler
  // cannot follow either through a variable.
  const handle = handlers[name as OperationName] as (input: unknown) => unknown
  return operation.output.parse(await handle(checked.data))
}
