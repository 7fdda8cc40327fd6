import { describeIssue } from "../../preload/contract/describe-issue.ts"
import type { Operation } from "../../preload/contract/operation.ts"
import { operationsOfWindow } from "../../preload/contract/operations-of-window.ts"
import { type WindowHandlers, windowOperations } from "../../preload/contract/window.ts"
import { VaultError } from "../domain/vault-error.ts"
import type { Dispatch } from "../operations/dispatch.ts"
import { type ReportBug, toFailure } from "../operations/to-failure.ts"
import type { GrantedPaths } from "./granted-paths.ts"
import { reauthenticating, withoutPassphrase } from "./reauthentication.ts"

interface WindowDispatchParts {
  readonly handlers: WindowHandlers
  readonly vault: Dispatch
  readonly reauthenticate: Dispatch
  readonly paths: GrantedPaths
  readonly reportBug: ReportBug
}

const ofVault: ReadonlySet<string> = new Set(operationsOfWindow)

/** What a window may ask: its own operations, and those of the vault that its screens need, on files that were named to us. */
export function createWindowDispatch(parts: WindowDispatchParts): Dispatch {
  const { handlers, vault, reauthenticate, paths, reportBug } = parts
  return reauthenticating(async (name, input) => {
    try {
      if (typeof name === "string") paths.require(name, input)
      if (typeof name === "string" && ofVault.has(name)) return await vault(name, withoutPassphrase(name, input))
      return { ok: true, result: await run(handlers, name, input) }
    } catch (error) {
      return { ok: false, error: toFailure(error, reportBug) }
    }
  }, reauthenticate)
}

async function run(handlers: WindowHandlers, name: unknown, raw: unknown): Promise<unknown> {
  if (!isWindowOperation(name)) throw new VaultError("INVALID_INPUT", "operation")
  const { input, output }: Operation = windowOperations[name]
  const checked = input.safeParse(raw)
  if (!checked.success) throw new VaultError("INVALID_INPUT", describeIssue(checked.error.issues[0]))
  // `WindowHandlers` pairs every name with its input; the compiler cannot follow that through a variable.
  const handle = handlers[name] as (input: unknown) => unknown
  return output.parse(await handle(checked.data))
}

function isWindowOperation(name: unknown): name is keyof WindowHandlers {
  return typeof name === "string" && Object.hasOwn(windowOperations, name)
}
