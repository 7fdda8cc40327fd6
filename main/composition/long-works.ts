import type { LongWork, Progress, TellProgress } from "../domain/long-work.ts"
import { VaultError } from "../domain/vault-error.ts"

/** More often nobody can read it. */
const tellEveryMs = 100

/** The long work that is under way: how far it is, and the way to end it early. */
export class LongWorks {
  readonly #tell: TellProgress
  readonly #running = new Set<AbortController>()

  constructor(tell: TellProgress = () => undefined) {
    this.#tell = tell
  }

  /** Tells that work begins, how far it is now and then, and that it is over when none goes on. */
  async run<Result>(work: (longWork: LongWork) => Promise<Result>): Promise<Result> {
    const controller = new AbortController()
    this.#running.add(controller)
    try {
      this.#tell({ done: 0, total: null, unit: "parts" })
      return await work({ tell: this.#sparingly(), signal: controller.signal })
    } finally {
      this.#running.delete(controller)
      if (this.#running.size === 0) this.#tell(null)
    }
  }

  /** Ends all that goes on, as soon as it can leave nothing behind. */
  cancel(why: "CANCELLED" | "VAULT_LOCKED"): void {
    for (const controller of this.#running) controller.abort(new VaultError(why))
  }

  #sparingly(): (progress: Progress) => void {
    let toldAt = Number.NEGATIVE_INFINITY
    return (progress) => {
      const now = performance.now()
      if (now - toldAt < tellEveryMs) return
      toldAt = now
      this.#tell(progress)
    }
  }
}
