import type { Reply } from "../../preload/contract/failure.ts"

/** One try of a request, with the secret that was typed for it, and what was chosen that it is for. */
export type Attempt = (typed: Uint8Array<ArrayBuffer>, chosen: string | null) => Promise<Reply<unknown>>
/** What a secret may be for. */
export interface Choice {
  readonly value: string
  readonly label: string
}
/** Asks the person, as often as they like to try; `null` when they dismiss it. */
export type AskPerson = (attempt: Attempt, choices: readonly Choice[]) => Promise<Reply<unknown> | null>

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

  /** @param choices - what the secret may be for, where that is known. @throws what it was made with */
  async ask(attempt: Attempt, choices: readonly Choice[] = []): Promise<Reply<unknown>> {
    const reply = await (this.#askPerson?.(attempt, choices) ?? null)
    if (reply === null) throw this.#dismissed()
    return reply
  }
}
