import { setImmediate } from "node:timers/promises"

/** Milliseconds of processor time that this process, with all of its threads, has had: what others do at the time is not in it. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** As `processorMs`, of the calling thread alone. */
export function threadMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** Does work, and tells how long it held its thread at most before others there had their turn, in milliseconds of processor time. */
export async function longestTurnOf<Result>(work: () => Promise<Result>): Promise<{ longest: number; result: Result }> {
  let longest = 0
  let isDone = false
  const watch = async () => {
    while (!isDone) {
      const before = threadMs()
      await setImmediate()
      longest = Math.max(longest, threadMs() - before)
    }
  }
  const watching = watch()
  try {
    const result = await work()
    return { longest, result }
  } finally {
    isDone = true
    await watching
  }
}
