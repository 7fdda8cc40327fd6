// Opens the vault in a folder over and over, against others that do the same: node contender.ts FOLDER
// Says on standard output, a line each: owner, once the vault is its own; done KEY; left; or what must never happen.
import { readFileSync, writeFileSync, writeSync } from "node:fs"
import { setTimeout as pause } from "node:timers/promises"
import { VaultInFolder } from "./vault-in-folder.ts"
import { Refusal } from "./vaults.ts"

const [folder = ""] = process.argv.slice(2)
const vault = new VaultInFolder(folder)
const owner = vault.inFolder("owner")

for (let round = 1; ; round += 1) {
  try {
    await vault.unlock()
    requireAlone()
    writeFileSync(owner, String(process.pid))
    say("owner")
    const name = `${process.pid}-${round}`
    await vault.generate(name)
    say(`done ${name}`)
    if (readFileSync(owner, "utf8") !== String(process.pid)) say("WRONG two owners at the same time")
    writeFileSync(owner, "")
    vault.lock()
    say("left")
  } catch (error) {
    if (!(error instanceof Refusal) || error.failure.code !== "VAULT_BUSY") say(`WRONG ${String(error)}`)
  }
  await pause(2)
}

/** An owner that was killed leaves its number behind; one that is alive is one too many. */
function requireAlone(): void {
  const pid = Number(readFileSync(owner, "utf8"))
  if (pid > 0 && pid !== process.pid && isRunning(pid)) say(`WRONG ${pid} has the vault too`)
}

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"))
  } catch {
    return false
  }
}

function say(line: string): void {
  writeSync(1, `${line}\n`)
}
