import type { Reply } from "../../preload/contract/failure.ts"
import type { OutputOf, RequestOf } from "../../preload/contract/index.ts"
import { isReauthenticated, type ReauthenticatedName } from "../../preload/contract/reauthentication.ts"
import type {
  operationsOfWindow,
  WindowOperationName,
  WindowOutputOf,
  WindowRequestOf,
} from "../../preload/contract/window.ts"
import { OperationFailed } from "./operation-failed.ts"
import { heldKeyring, needsPin, pinQuestion } from "./pin-question.ts"
import { reauthentication } from "./reauthentication.ts"

type VaultOperationName = (typeof operationsOfWindow)[number]
export type AskedName = VaultOperationName | WindowOperationName
/** What needs the passphrase again may come with it; else the person is asked for it. */
type WithPassphrase<Request> = Request extends unknown
  ? Omit<Request, "passphrase"> & { readonly passphrase?: Uint8Array<ArrayBuffer> }
  : never
export type RequestFor<Name extends AskedName> = Name extends ReauthenticatedName
  ? WithPassphrase<PlainRequestFor<Name>>
  : PlainRequestFor<Name>
type PlainRequestFor<Name extends AskedName> = Name extends VaultOperationName
  ? RequestOf<Name>
  : Name extends WindowOperationName
    ? WindowRequestOf<Name>
    : never
export type AnswerTo<Name extends AskedName> = Name extends VaultOperationName
  ? OutputOf<Name>
  : Name extends WindowOperationName
    ? WindowOutputOf<Name>
    : never

/** Asks main for an operation, and the person for the PIN where a token wants it. @throws {OperationFailed} when it was refused */
export async function ask<Name extends AskedName>(name: Name, request: RequestFor<Name>): Promise<AnswerTo<Name>> {
  const isProven = !isReauthenticated(name) || "passphrase" in request
  const reply = isProven
    ? await invoke(name, request)
    : await reauthentication.ask((passphrase) => invoke(name, { ...request, passphrase }))
  return answerOf<Name>(await withPins(name, request, reply))
}

/** The token that holds a keyring is logged in to first; then another one may want its PIN. */
async function withPins(name: AskedName, request: object, reply: Reply<unknown>): Promise<Reply<unknown>> {
  if (!needsPin(reply)) return reply
  const keyring = heldKeyring(reply)
  if (keyring === null) return await pinQuestion.ask((pin) => invoke(name, { ...request, pin }))
  const again = await pinQuestion.ask(async (pin) => {
    const unlocked = await invoke("keyring.unlock", { name: keyring, pin })
    return unlocked.ok ? await invoke(name, request) : unlocked
  })
  return heldKeyring(again) === keyring ? again : await withPins(name, request, again)
}

export function invoke(name: AskedName, input: object): Promise<Reply<unknown>> {
  return window.claviger.invoke(name, input) as Promise<Reply<unknown>>
}

/** @throws {OperationFailed} when it was refused */
export function answerOf<Name extends AskedName>(reply: Reply<unknown>): AnswerTo<Name> {
  // Main has checked what it answers against the contract.
  if (reply.ok) return reply.result as AnswerTo<Name>
  throw new OperationFailed(reply.error)
}
