import type { Reply } from "../../preload/contract/failure.ts"

/** One try of a request, with the passphrase that was typed for it. */
export type Attempt = (passphrase: Uint8Array<ArrayBuffer>) => Promise<Reply<unknown>>
/** Asks the person, as often as they like to try; `null` when they dismiss it. */
type AskPerson = (attempt: Attempt) => Promise<Reply<unknown> | null>

let askPerson: AskPerson | null = null

/** @returns what takes it back */
export function onReauthentication(ask: AskPerson): () => void {
  askPerson = ask
  return () => {
    if (askPerson === ask) askPerson = null
  }
}

/** The person did not want to type the passphrase again. */
export class NotTypedAgain extends Error {
  constructor() {
    super("Nothing was done: the passphrase was not typed again.")
  }
}

/** @throws {NotTypedAgain} */
export async function reauthenticate(attempt: Attempt): Promise<Reply<unknown>> {
  const reply = await (askPerson?.(attempt) ?? null)
  if (reply === null) throw new NotTypedAgain()
  return reply
}
