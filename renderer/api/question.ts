import type { Reply } from "../../preload/contract/failure.ts"

/** One try of a request, with the secret that was typed for it. */
export type Attempt = (typed: Uint8Array<ArrayBuffer>) => Promise<Reply<unknown>>
/** Asks the person, as often as they like to try; `null` when they dismiss it. */
export type AskPerson = (attempt: Attempt) => Promise<Reply<unknown> | null>

/** A question that comes between a request and its answer: whoever is on the screen puts it to the person. */
export class Question {
  readonly #dismissed: () => Error
  #askPerson: AskPerson | null = null

  /** @param dismissed - what a request fails with when the person does not answer */
  constructor(dismissed: () => Error) {
    this.#dismissed = dismissed
  }

  /** @returns what takes it back */
  onAsked(ask: AskPerson): () => void {
    this.#askPerson = ask
    return () => {
      if (this.#askPerson === ask) this.#askPerson = null
    }
  }

  /** @throws what it was made with */
  async ask(attempt: Attempt): Promise<Reply<unknown>> {
    const reply = await (this.#askPerson?.(attempt) ?? null)
    if (reply === null) throw this.#dismissed()
    return reply
  }
}
