import type { BenchVault } from "./bench-vault.ts"
import { sideBySide } from "./cost.ts"
import { type Figure, figureOf } from "./figure.ts"
import type { Lab } from "./lab.ts"
import type { ProgramCost } from "./measured-program.ts"
import { count } from "./table.ts"

const few = 1_000

/** A process: started, unlocked, listed, locked. */
export function listHundred(vault: BenchVault): ProgramCost {
  return vault.run("key list --limit 100 --json")
}

let added = 0

/** One more key, in a process of its own: started, unlocked, made, logged, durable, locked. */
export function addOne(vault: BenchVault): ProgramCost {
  added += 1
  return vault.run(`key generate added-${added} --algorithm aes-256 --json`)
}

/** P1: a large vault opened and its first page listed, beside the peer, which lists all, and beside a small vault. */
export async function listFigures(lab: Lab): Promise<Figure[]> {
  const { peer, rounds } = lab.sizes
  const vault = lab.vaultOf(peer)
  const small = lab.vaultOf(few)
  const besidePeer = await sideBySide(
    rounds,
    () => listHundred(vault),
    () => lab.keepassxc.list(),
  )
  const besideSmall = await sideBySide(
    rounds * 3,
    () => listHundred(vault),
    () => listHundred(small),
  )
  const work = `open, list 100 of ${count(peer)} keys`
  return [
    figureOf({ work, than: "KeePassXC ls", goal: 0.06 }, besidePeer),
    figureOf({ work, than: `the same of ${count(few)}`, goal: 1.3 }, besideSmall),
  ]
}

/** P2. */
export async function addFigures(lab: Lab): Promise<Figure[]> {
  const { peer, rounds } = lab.sizes
  const vault = lab.vaultOf(peer)
  const costs = await sideBySide(
    rounds,
    () => addOne(vault),
    () => lab.keepassxc.add(),
  )
  return [figureOf({ work: `open, add one key to ${count(peer)}`, than: "KeePassXC add", goal: 0.03 }, costs)]
}

/** P3: 64 MiB of ours are Argon2's. */
export function memoryFigures(lab: Lab): Figure[] {
  const { peer } = lab.sizes
  const ours = listHundred(lab.vaultOf(peer)).peakMiB
  const beside = lab.keepassxc.list().peakMiB
  return [{ work: `peak memory of listing`, ours, than: "KeePassXC ls", beside, unit: "MiB", goal: 0.4 }]
}
