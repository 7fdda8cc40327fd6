import { describeIssue } from "../../preload/contract/describe-issue.ts"
import type { Reply } from "../../preload/contract/failure.ts"
import type { HandlerLoaders, Part } from "../../preload/contract/index.ts"
import { loadOperation, partOf } from "../../preload/contract/load-operation.ts"
import { VaultError } from "../domain/vault-error.ts"
import { type ReportBug, toFailure } from "./to-failure.ts"

/** Asks for an operation by its name. Never throws: what goes wrong is in the reply. */
export type Dispatch = (name: unknown, input: unknown) => Promise<Reply<unknown>>

/** Is told of each failure that a person can act on, before the reply goes out. It must not throw. */
export type TellRefusal = (name: unknown, input: unknown, refusal: VaultError) => void

/** The only way in, for window, terminal and batch: known name → checked input → handler → checked output. */
export function createDispatch(
  loaders: HandlerLoaders,
  reportBug: ReportBug,
  tellRefusal: TellRefusal = () => undefined,
): Dispatch {
  const loadHandler = handlerLoader(loaders)
  return async (name, input) => {
    try {
      return { ok: true, result: await run(loadHandler, name, input) }
    } catch (error) {
      if (error instanceof VaultError) tellRefusal(name, input, error)
      return { ok: false, error: toFailure(error, reportBug) }
    }
  }
}

type Handler = (input: unknown) => unknown
type LoadHandler = (name: string) => Promise<Handler>

async function run(loadHandler: LoadHandler, name: unknown, raw: unknown): Promise<unknown> {
  const operation = typeof name === "string" ? await loadOperation(name) : null
  if (typeof name !== "string" || operation === null) throw new VaultError("INVALID_INPUT", "operation")
  const checked = operation.input.safeParse(raw)
  if (!checked.success) throw new VaultError("INVALID_INPUT", describeIssue(checked.error.issues[0]))
  const handle = await loadHandler(name)
  return operation.output.parse(await handle(checked.data))
}

/** The handlers of a part are made once. */
function handlerLoader(loaders: HandlerLoaders): LoadHandler {
  const loaded = new Map<Part, Promise<object>>()
  return async (name) => {
    const part = partOf(name)
    if (part === null) throw new Error("the contract knows this operation")
    const handlers = loaded.get(part) ?? loaders[part]()
    loaded.set(part, handlers)
    // The contract knows the name, so its part has a handler for it, which takes the input that was checked; the compiler
    // cannot follow either through a variable.
    return Reflect.get(await handlers, name) as Handler
  }
}
