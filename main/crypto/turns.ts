import { setImmediate } from "node:timers/promises"

const turnMs = 4

/** Splits long work into turns, so that the event loop is never held for longer than a frame. */
export class Turns {
  #since = performance.now()

  /** Lets others run when this turn has been long enough; costs nothing otherwise. */
  async breathe(): Promise<void> {
    if (performance.now() - this.#since < turnMs) return
    await setImmediate()
    this.#since = performance.now()
  }
}
