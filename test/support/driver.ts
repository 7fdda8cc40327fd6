// Carries out a scenario on the vault in a folder: node driver.ts FOLDER SCENARIO [again|hold]
// Says on standard output, a line each: ready; then, once it has read a line, what is done and what failed; closed,
// for which "hold" has it read another.
import { readSync, writevSync } from "node:fs"
import { type Step, scenarios } from "./scenarios.ts"
import { VaultInFolder } from "./vault-in-folder.ts"
import { Refusal } from "./vaults.ts"

const [folder = "", name, mode] = process.argv.slice(2)
const scenario = scenarios.find((each) => each.name === name)
if (scenario === undefined) throw new Error(`there is no scenario named ${name}`)

// What is left over shows, and goes with the folder.
process.env["TMPDIR"] = folder
const vault = new VaultInFolder(folder)
await (scenario.prepare ?? (() => vault.unlock()))(vault)
say("ready")
readSync(0, new Uint8Array(16))
for (const step of scenario.steps) {
  const isDone = await attempt(step)
  if (!isDone && mode === "again") await attemptAgain(step)
}
if (mode === "hold") readSync(0, new Uint8Array(16))
vault.lock()
say("closed")

async function attempt(step: Step): Promise<boolean> {
  try {
    await step.run(vault)
    say(`done ${step.name}`)
    return true
  } catch (error) {
    say(`failed ${step.name}: ${described(error)}`)
    return false
  }
}

/** What a person does then: looks whether it has happened all the same, and if not, asks for it once more. */
async function attemptAgain(step: Step): Promise<void> {
  try {
    const isThere = vault.claviger.isUnlocked() || (await vault.open())
    if (isThere && (await step.hasHappened(vault))) say(`done ${step.name}`)
    else await attempt(step)
  } catch (error) {
    say(`failed ${step.name}: ${described(error)}`)
  }
}

/** A failure is its code; anything else is a bug, and has a stack. */
function described(error: unknown): string {
  const bugs = vault.bugs.map((bug) => (bug instanceof Error ? bug.stack : String(bug)))
  if (error instanceof Refusal)
    return [error.failure.code, error.failure.detail, ...bugs].join(" ").replaceAll("\n", " ")
  return `THROWN ${error instanceof Error ? error.stack : String(error)}`.replaceAll("\n", " ")
}

/** With writev, which nothing else here uses: faults in the others leave it alone. */
function say(line: string): void {
  writevSync(1, [Buffer.from(line), Buffer.from("\n")])
}
