import type { Reply } from "../../preload/contract/failure.ts"
import type { OutputOf, RequestOf } from "../../preload/contract/index.ts"
import type { operationsOfWindow } from "../../preload/contract/operations-of-window.ts"
import { isReauthenticated, type ReauthenticatedName } from "../../preload/contract/reauthentication.ts"
import type { WindowOperationName, WindowOutputOf, WindowRequestOf } from "../../preload/contract/window.ts"
import { OperationFailed } from "./operation-failed.ts"
import { heldKeyring, needsPin, pinQuestion } from "./pin-question.ts"
import type { Choice } from "./question.ts"
import { reauthentication } from "./reauthentication.ts"
import { isThere, saidOf } from "./token-uris.ts"

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
  const reply = await replyTo(name, request)
  if (!needsPin(reply)) return answerOf<Name>(reply)
  const keyring = heldKeyring(reply)
  if (keyring === null) return answerOf<Name>(await pinQuestion.ask((pin) => replyTo(name, { ...request, pin })))
  // The token that holds the keyring is logged in to; then another one may want its PIN.
  const unlocked = await pinQuestion.ask(
    (pin, token) => {
      const which = token === null ? {} : { token }
      return invoke("keyring.unlock", { name: keyring, pin, ...which })
    },
    await holdersOf(keyring),
  )
  if (!unlocked.ok) throw new OperationFailed(unlocked.error)
  return await ask(name, request)
}

/** The tokens of which one is to open a keyring: of several, those that are there. */
async function holdersOf(keyring: string): Promise<readonly Choice[]> {
  const { keyrings } = await ask("keyring.list", {})
  const holders = keyrings.find(({ name }) => name === keyring)?.tokens ?? []
  const tokens = holders.length < 2 ? null : (await ask("token.list", {})).tokens
  return holders
    .filter(({ uri }) => tokens === null || isThere(uri, tokens))
    .map(({ uri }) => ({ value: uri, label: saidOf(uri, "token") }))
}

async function replyTo(name: AskedName, request: object): Promise<Reply<unknown>> {
  const isProven = !isReauthenticated(name) || "passphrase" in request
  return isProven
    ? await invoke(name, request)
    : await reauthentication.ask((passphrase) => invoke(name, { ...request, passphrase }))
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
