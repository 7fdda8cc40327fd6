import { HygieneFinding } from "../../preload/contract/report.ts"
import type { Figure } from "./figure.ts"
import type { Lab } from "./lab.ts"
import { count } from "./table.ts"

/** What most of the keys are against. */
const strict = { profile: "cnsa-2.0", required: ["owner", "environment"] } as const

/** How long each may take, in milliseconds, and what the screen asks. */
const asked = [
  ["report.due", { within: "1y" }, 50],
  ["report.health", {}, 200],
  ["report.quantum", { limit: 20 }, 200],
  ["report.usage", { limit: 1000 }, 200],
  ["policy.check", { as: strict, limit: 1000 }, 200],
  ...HygieneFinding.options.map((finding) => ["report.hygiene", { find: [finding], limit: 0 }, 200] as const),
  ["key.list", { state: "active", olderThan: "90d", youngerThan: "1y" }, 100],
] as const

/** P16: what the Health screen waits for, by the engine in this process. */
export async function healthFigures(lab: Lab): Promise<Figure[]> {
  const { bulk, rounds } = lab.sizes
  using vault = await lab.vaultOf(bulk).open()
  const figures: Figure[] = []
  for (const [name, input, limit] of asked) {
    const times: number[] = []
    for (let round = 0; round <= rounds; round += 1) {
      const begun = performance.now()
      await vault.ask(name, input)
      times.push(performance.now() - begun)
    }
    const part = "find" in input ? `: ${input.find.join(", ")}` : ""
    const work = `${name}${part} of ${count(bulk)} keys`
    figures.push({ work, ours: Math.min(...times), than: "what feels immediate", beside: limit, unit: "ms", goal: 1 })
  }
  return figures
}
