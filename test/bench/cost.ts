/** What some work takes. */
export interface Cost {
  readonly wallMs: number
  /** Of all threads, in user and in kernel mode. */
  readonly cpuMs: number
}

type Measure = () => Cost | Promise<Cost>

/** Does the work in this process and says what it took. */
export async function costOf(work: () => unknown): Promise<Cost> {
  const cpu = process.cpuUsage()
  const started = performance.now()
  await work()
  const wallMs = performance.now() - started
  const { user, system } = process.cpuUsage(cpu)
  return { wallMs, cpuMs: (user + system) / 1000 }
}

/**
 * Measures two works in turns, so that what else the machine does meets both alike, and keeps the least that each took:
 * noise only ever adds.
 */
export async function sideBySide(
  rounds: number,
  ours: Measure,
  beside: Measure,
): Promise<{ readonly ours: Cost; readonly beside: Cost }> {
  const costs: { ours: Cost[]; beside: Cost[] } = { ours: [], beside: [] }
  for (let round = 0; round < rounds; round += 1) {
    costs.ours.push(await ours())
    costs.beside.push(await beside())
  }
  return { ours: leastOf(costs.ours), beside: leastOf(costs.beside) }
}

function leastOf(costs: readonly Cost[]): Cost {
  return {
    wallMs: Math.min(...costs.map(({ wallMs }) => wallMs)),
    cpuMs: Math.min(...costs.map(({ cpuMs }) => cpuMs)),
  }
}
