import type { LongOperation } from "../../preload/contract/announcements.ts"
import type { LongWork, Progress, TellProgress } from "../domain/long-work.ts"
import { VaultError } from "../domain/vault-error.ts"

/** More often nobody can read it. */
const tellEveryMs = 100

/** The long work that is under way: how far it is, and the way to end it early. */
export class LongWorks {
  readonly #tell: TellProgress
  readonly #running = new Map<AbortController, LongOperation>()

  constructor(tell: TellProgress = () => undefined) {
    this.#tell = tell
  }

  /** Tells that an operation begins, how far it is now and then, and that it is over when it goes on nowhere. */
  async run<Result>(of: LongOperation, work: (longWork: LongWork) => Promise<Result>): Promise<Result> {
    const controller = new AbortController()
    this.#running.set(controller, of)
    try {
      this.#tell({ done: 0, total: null, unit: "parts" }, of)
      return await work({ tell: this.#sparingly(of), signal: controller.signal })
    } finally {
      this.#running.delete(controller)
      if (![...this.#running.values()].includes(of)) this.#tell(null, of)
    }
  }

  /** Ends one operation as soon as it can leave nothing behind: what else goes on goes on. */
  cancel(of: LongOperation): void {
    this.#abort(new VaultError("CANCELLED"), (running) => running === of)
  }

  /** Ends all that goes on. */
  endForLock(): void {
    this.#abort(new VaultError("VAULT_LOCKED"), () => true)
  }

  #abort(why: VaultError, isMeant: (of: LongOperation) => boolean): void {
    for (const [controller, of] of this.#running) if (isMeant(of)) controller.abort(why)
  }

  #sparingly(of: LongOperation): (progress: Progress) => void {
    let toldAt = Number.NEGATIVE_INFINITY
    return (progress) => {
      const now = performance.now()
      if (now - toldAt < tellEveryMs) return
      toldAt = now
      this.#tell(progress, of)
    }
  }
}
