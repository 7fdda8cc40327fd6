import { claviger } from "./bench-vault.ts"
import { sideBySide } from "./cost.ts"
import { type Figure, figureOf } from "./figure.ts"
import type { Lab } from "./lab.ts"
import { measureProgram } from "./measured-program.ts"

/** A start is short, and one that nothing disturbs is rare. */
const roundsOfEach = 8

/** P14: how long the command line takes to start, beside Node.js doing nothing. */
export async function startFigures(lab: Lab): Promise<Figure[]> {
  const { path } = lab.newVault()
  const beside = () => measureProgram([process.execPath, "-e", "0"])
  const commands = { "claviger --version": ["--version"], "vault info": ["vault", "info", "--vault", path] }
  const figures: Figure[] = []
  for (const [work, words] of Object.entries(commands)) {
    const ours = () => measureProgram([...claviger, ...words])
    const costs = await sideBySide(lab.sizes.rounds * roundsOfEach, ours, beside)
    figures.push(figureOf({ work, than: "node -e 0", goal: 3 }, costs))
  }
  return figures
}
