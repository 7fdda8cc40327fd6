import { closeSync, existsSync, openSync, readSync } from "node:fs"

/** How long the event loop was held, turn by turn. */
export interface Blocks {
  readonly p99Ms: number
  readonly longestMs: number
}

/**
 * Does the work while a timer of a millisecond tells how long each turn of the event loop took. Where the kernel says for
 * how long this thread waited for a processor, that is taken off: it is the machine's other work, not ours.
 */
export async function watchLoop(work: () => Promise<unknown>): Promise<Blocks> {
  using queue = new RunQueue()
  const blocks: number[] = []
  let last = { at: performance.now(), waited: queue.waitedMs() }
  const tick = () => {
    const now = { at: performance.now(), waited: queue.waitedMs() }
    blocks.push(now.at - last.at - (now.waited - last.waited))
    last = now
  }
  const timer = setInterval(tick, 1)
  await work()
  tick()
  clearInterval(timer)
  blocks.sort((a, b) => a - b)
  return { p99Ms: blocks[Math.floor(blocks.length * 0.99)] ?? 0, longestMs: blocks.at(-1) ?? 0 }
}

const schedstat = "/proc/self/schedstat"

/** The second number of Linux's schedstat: how long the main thread was ready to run and did not, in nanoseconds. */
class RunQueue implements Disposable {
  readonly #file = existsSync(schedstat) ? openSync(schedstat, "r") : null
  readonly #buffer = Buffer.alloc(100)

  waitedMs(): number {
    if (this.#file === null) return 0
    const text = this.#buffer.toString("latin1", 0, readSync(this.#file, this.#buffer, 0, this.#buffer.length, 0))
    return Number(text.split(" ")[1]) / 1e6
  }

  [Symbol.dispose](): void {
    if (this.#file !== null) closeSync(this.#file)
  }
}
