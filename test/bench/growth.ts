import { vaultWithLog, verifyLog } from "./audit-verify.ts"
import type { BenchVault, OpenedBenchVault } from "./bench-vault.ts"
import type { Cost } from "./cost.ts"
import type { Figure } from "./figure.ts"
import { rotateKeyring } from "./keyring-rotation.ts"
import type { Lab } from "./lab.ts"
import { addOne, listHundred } from "./list-and-add.ts"
import { count } from "./table.ts"
import { unlock } from "./unlock.ts"

/** How one kind of work is measured at a size; the size is in keys, or in rows of the log. */
interface Work {
  readonly name: string
  readonly unit: "ms" | "MiB"
  readonly sizes: readonly number[]
  readonly at: (size: number) => Promise<number>
}

/**
 * P15: each work at one size, beside what it would take if it grew from the size before in proportion. Nothing may grow
 * faster than what is in the vault; what is not done key by key grows hardly at all.
 */
export async function growthFigures(lab: Lab): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const { name, unit, sizes, at } of worksOf(lab)) {
    let before: { size: number; value: number } | null = null
    for (const size of sizes) {
      const value = await at(size)
      if (before !== null) {
        const beside = (before.value * size) / before.size
        const than = `in proportion to ${count(before.size)}`
        figures.push({ work: `${name}, ${count(size)}`, ours: value, than, beside, unit, goal: 1 })
      }
      before = { size, value }
    }
  }
  return figures
}

function worksOf(lab: Lab): Work[] {
  const { steps, log, rounds } = lab.sizes
  const least = async (measure: () => Cost | Promise<Cost>): Promise<number> => {
    const costs = []
    for (let round = 0; round < rounds; round += 1) costs.push((await measure()).wallMs)
    return Math.min(...costs)
  }
  const keys = { unit: "ms" as const, sizes: steps }
  return [
    { name: "list 100", ...keys, at: (size) => least(() => listHundred(lab.vaultOf(size))) },
    { name: "add one", ...keys, at: (size) => least(() => addOne(lab.vaultOf(size))) },
    { name: "memory", ...keys, unit: "MiB", at: (size) => Promise.resolve(listHundred(lab.vaultOf(size)).peakMiB) },
    { name: "unlock", ...keys, at: (size) => opened(lab.vaultOf(size), (vault) => least(() => unlock(vault))) },
    {
      name: "batch generate",
      ...keys,
      at: (size) => Promise.resolve(lab.withNewVault((vault) => vault.generate(size)).wallMs),
    },
    {
      name: "keyring rotate",
      ...keys,
      at: (size) => opened(lab.vaultOf(size), (vault) => least(() => rotateKeyring(vault))),
    },
    {
      name: "audit verify",
      unit: "ms",
      sizes: [...steps, log],
      at: async (rows) => opened(await vaultWithLog(lab, rows), (vault) => least(() => verifyLog(vault))),
    },
  ]
}

async function opened<Result>(vault: BenchVault, work: (vault: OpenedBenchVault) => Promise<Result>): Promise<Result> {
  using open = await vault.open()
  return await work(open)
}
