import type { Reply } from "../../preload/contract/failure.ts"
import { contract, type Handlers, type OperationName } from "../../preload/contract/index.ts"
import type { Operation } from "../../preload/contract/operation.ts"
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
  if (!isOperationName(name)) throw new VaultError("INVALID_INPUT", "operation")
  const { input, output }: Operation = contract[name]
  const checked = input.safeParse(raw)
  if (!checked.success) throw new VaultError("INVALID_INPUT", describeIssue(checked.error.issues[0]))
  // `Handlers` pairs every name with its input; the compiler cannot follow that through a variable.
  const handle = handlers[name] as (input: unknown) => unknown
  return output.parse(await handle(checked.data))
}

function isOperationName(name: unknown): name is OperationName {
  return typeof name === "string" && Object.hasOwn(contract, name)
}
