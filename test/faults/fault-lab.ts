import { cpSync, mkdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { BuiltProgram } from "../support/built-program.ts"
import { drive, type Run } from "../support/driven.ts"
import { type Scenario, type Step, scenarios } from "../support/scenarios.ts"
import { changesBelow, type StorageCall } from "../support/storage-trace.ts"
import { furnish, VaultInFolder } from "../support/vault-in-folder.ts"
import { flawsOfLockedVault, flawsOfOpenVault, readableSecrets, strangersIn } from "../support/vault-invariants.ts"
import { lowMemoryKdf, passphrase, Refusal, temporaryFolder } from "../support/vaults.ts"

/** All moments instead of a selection: minutes instead of seconds. */
export const isLong = process.env["CLAVIGER_LONG"] === "1"

/** A place in which scenarios run into faults, each on a fresh copy of the same vault. */
export class FaultLab implements Disposable {
  readonly #driver: BuiltProgram
  readonly #root = temporaryFolder()
  #copies = 0

  private constructor(driver: BuiltProgram) {
    this.#driver = driver
  }

  static async open(): Promise<FaultLab> {
    const lab = new FaultLab(await BuiltProgram.build("driver"))
    for (const scenario of scenarios) await lab.#layOut(scenario)
    return lab
  }

  async #layOut(scenario: Scenario): Promise<void> {
    const usual = join(this.#root, "usual")
    const folder = this.#original(scenario)
    if (scenario === scenarios[0]) await makeUsual(usual)
    cpSync(usual, folder, { recursive: true })
    if (scenario.layOut === undefined) return
    using vault = new VaultInFolder(folder)
    await vault.open()
    await scenario.layOut(vault)
  }

  #original(scenario: Scenario): string {
    return join(this.#root, scenario.name.replaceAll(" ", "-"))
  }

  /** A fresh copy of what the scenario starts from. */
  copy(scenario: Scenario): string {
    this.#copies += 1
    const folder = join(this.#root, `copy-${this.#copies}`)
    cpSync(this.#original(scenario), folder, { recursive: true })
    return folder
  }

  /** Runs the scenario in a folder. @param faults - options of strace */
  run(scenario: Scenario, folder: string, faults: readonly string[] = [], again = false): Promise<Run> {
    return drive({ driver: this.#driver.file, folder, scenario: scenario.name, faults, again })
  }

  /** Everything that the scenario does to its files, from the moment it is ready to its end. */
  async measure(scenario: Scenario): Promise<{ folder: string; run: Run; changes: StorageCall[] }> {
    const folder = this.copy(scenario)
    const run = await this.run(scenario, folder)
    if (!run.isClosed || run.failed.length > 0) {
      throw new Error(`${scenario.name} does not work at all: ${run.failed} ${run.stderr}`)
    }
    return { folder, run, changes: changesBelow(folder, run.calls) }
  }

  [Symbol.dispose](): void {
    this.#driver[Symbol.dispose]()
    rmSync(this.#root, { recursive: true, force: true })
  }
}

async function makeUsual(folder: string): Promise<void> {
  mkdirSync(folder)
  using vault = new VaultInFolder(folder)
  await vault.ask("vault.create", { path: vault.path, passphrase: passphrase(), kdf: lowMemoryKdf })
  await vault.open()
  await furnish(vault)
}

/**
 * Does what a person does after a fault: opens the vault, looks whether all that was reported is there, and does the
 * rest once more. @returns everything that is wrong: `[]` when nothing is
 */
export async function recover(scenario: Scenario, folder: string, { done }: Pick<Run, "done">): Promise<string[]> {
  const flaws = readableSecrets(folder)
  try {
    using vault = new VaultInFolder(folder)
    const isThere = await vault.open()
    if (isThere) flaws.push(...strangersIn(vault))
    if (!isThere && done.length > 0) flaws.push("a vault was reported as made, and is not there")
    for (const step of scenario.steps) flaws.push(...(await secondTry(vault, step, done, isThere)))
    if (!vault.claviger.isUnlocked()) await vault.open()
    flaws.push(...(await flawsOfOpenVault(vault)))
    vault.lock()
    flaws.push(...(await flawsOfLockedVault(vault)), ...vault.bugs.map(String))
  } catch (error) {
    flaws.push(error instanceof Refusal ? error.message : String(error instanceof Error ? error.stack : error))
  }
  return flaws
}

async function secondTry(
  vault: VaultInFolder,
  step: Step,
  done: readonly string[],
  isThere: boolean,
): Promise<string[]> {
  const hasHappened = isThere && (await step.hasHappened(vault))
  if (done.includes(step.name) && !hasHappened) return [`${step.name} was reported as done, and is lost`]
  if (hasHappened) return []
  await step.run(vault)
  if (!vault.claviger.isUnlocked()) await vault.open()
  return (await isNowThere(vault, step)) ? [] : [`${step.name} was done a second time, and is not there`]
}

/** A changed passphrase shows when the vault is opened again. */
async function isNowThere(vault: VaultInFolder, step: Step): Promise<boolean> {
  vault.lock()
  await vault.open()
  return await step.hasHappened(vault)
}

/** A selection that keeps the first and the last of each run of like moments, then thins out evenly. */
export function selected<Moment>(
  moments: readonly Moment[],
  kindOf: (moment: Moment) => string,
  most: number,
): Moment[] {
  const edges = moments.filter((moment, index) => {
    const [before, after] = [moments[index - 1], moments[index + 1]]
    const isEdge = (other: Moment | undefined): boolean => other === undefined || kindOf(other) !== kindOf(moment)
    return isEdge(before) || isEdge(after)
  })
  const step = Math.max(1, edges.length / most)
  return edges.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step))
}

/** Two at a time: most of the time goes into programs that start. */
export async function eachOf<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const rest = items.values()
  const worker = async (): Promise<void> => {
    for (const item of rest) await work(item)
  }
  await Promise.all([worker(), worker()])
}
