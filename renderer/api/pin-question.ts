import { keyringInNeed, pinIsNeeded, type Reply } from "../../preload/contract/failure.ts"
import { Question } from "./question.ts"

/** For the PIN of the token that a key is in. */
export const pinQuestion = new Question(() => new Error("Nothing was done: the PIN was not typed."))

/** Whether nothing but the PIN was missing: then nothing was tried, and no try is lost. */
export function needsPin(reply: Reply<unknown>): boolean {
  return !reply.ok && reply.error.code === "PIN_INCORRECT" && reply.error.detail?.startsWith(pinIsNeeded) === true
}

/** The keyring whose token it is the PIN of; `null` when it is another token's. */
export function heldKeyring(reply: Reply<unknown>): string | null {
  return reply.ok ? null : keyringInNeed(reply.error.detail)
}
