import type { TokenReply } from "./token-protocol.ts"

/** For how long an answer may wait for others, in ms: some signatures in software, and less than one on a card. */
const longestWait = 2

/**
 * Answers that go to main in one message, which costs about as much as a signature in software. What was answered within the
 * wait before a library hangs or crashes is lost with it. They are wiped when they are on their way.
 */
export class GatheredReplies {
  readonly #send: (replies: readonly TokenReply[]) => void
  readonly #now: () => number
  #waiting: TokenReply[] = []
  #since: number

  /** @param now - in ms, on a clock that only goes forward */
  constructor(send: (replies: readonly TokenReply[]) => void, now: () => number) {
    this.#send = send
    this.#now = now
    this.#since = now()
  }

  /** What took long itself is told at once. */
  add(reply: TokenReply): void {
    this.#waiting.push(reply)
    if (this.#now() - this.#since > longestWait) this.tell()
  }

  tell(): void {
    const replies = this.#waiting
    this.#waiting = []
    this.#since = this.#now()
    if (replies.length === 0) return
    this.#send(replies)
    for (const reply of replies) if (reply.ok && reply.result instanceof Uint8Array) reply.result.fill(0)
  }
}
