import { availableParallelism } from "node:os"

/**
 * Keeps the event loop from going to sleep while a message is about to come. To wake a thread up takes longer than to pass a message
 * on, and as long as many a library takes to sign. On a machine with one processor it would keep the other process from running.
 */
export class Wakefulness {
  readonly #ms: number
  #until = 0
  #isAwake = false

  /** @param ms - after which nobody expects the message any more: a fraction of what a person notices */
  constructor(ms: number, processors = availableParallelism()) {
    this.#ms = processors > 1 ? ms : 0
  }

  /** Expects a message from now on. */
  begin(): void {
    this.#until = performance.now() + this.#ms
    if (this.#isAwake || this.#ms === 0) return
    this.#isAwake = true
    setImmediate(() => this.#stay())
  }

  /** It has come. */
  end(): void {
    this.#until = 0
  }

  #stay(): void {
    this.#isAwake = performance.now() < this.#until
    if (this.#isAwake) setImmediate(() => this.#stay())
  }
}
