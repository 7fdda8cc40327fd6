import type { ReauthenticatedName } from "../../preload/contract/reauthentication.ts"
import { type AnswerTo, type AskedName, answerOf, invoke, type RequestFor } from "./ask.ts"
import { reauthentication } from "./reauthentication.ts"

type ProvenName = AskedName & ReauthenticatedName
type AskProven = <Name extends ProvenName>(name: Name, request: RequestFor<Name>) => Promise<AnswerTo<Name>>

/**
 * For the requests of one dialog, one after the other: the person types the passphrase for the first, each carries it and is
 * checked for it by itself, and it is wiped when the work is over.
 */
export async function askingOnce<Result>(work: (ask: AskProven) => Promise<Result>): Promise<Result> {
  let proven: Uint8Array<ArrayBuffer> | null = null
  const ask = async <Name extends ProvenName>(name: Name, request: RequestFor<Name>) => {
    const send = (passphrase: Uint8Array<ArrayBuffer>) => invoke(name, { ...request, passphrase })
    if (proven !== null) return answerOf<Name>(await send(proven))
    const first = await reauthentication.ask(async (typed) => {
      const reply = await send(typed)
      if (reply.ok || reply.error.code !== "WRONG_PASSPHRASE") proven = typed.slice()
      return reply
    })
    return answerOf<Name>(first)
  }
  try {
    return await work(ask)
  } finally {
    wipe(proven)
  }
}

function wipe(bytes: Uint8Array | null): void {
  bytes?.fill(0)
}
