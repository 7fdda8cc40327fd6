import { mkdirSync, rmSync } from "node:fs"
import { setTimeout as pause } from "node:timers/promises"
import { afterAll, beforeAll, expect, test } from "vitest"
import { BuiltProgram } from "../support/built-program.ts"
import type { Done } from "../support/crash-load.ts"
import { SeededRandom } from "../support/seeded-random.ts"
import { StartedProgram } from "../support/started-program.ts"
import { temporaryFolder } from "../support/temporary-folder.ts"
import { furnish, VaultInFolder } from "../support/vault-in-folder.ts"
import { flawsOfLockedVault, flawsOfOpenVault, readableSecrets, strangersIn } from "../support/vault-invariants.ts"
import { lowMemoryKdf, passphrase } from "../support/vaults.ts"

const kills = process.env["CLAVIGER_LONG"] === "1" ? 250 : 25

const place = temporaryFolder()
const folder = place.file("vault")
let load: BuiltProgram

beforeAll(async () => {
  load = await BuiltProgram.build("crash-load")
  mkdirSync(folder)
  using vault = new VaultInFolder(folder)
  await vault.ask("vault.create", { path: vault.path, passphrase: passphrase(), kdf: lowMemoryKdf })
  await vault.open()
  await furnish(vault)
})
afterAll(() => {
  load[Symbol.dispose]()
  place[Symbol.dispose]()
})

/** Everything that was ever reported as done in this vault, through all its crashes. */
class Ledger {
  readonly names = new Set<string>()
  readonly rows = new Map<string, number>()
  appVersion = 2
  changes = 0

  note(done: Done): void {
    this.changes += 1
    if (done.kind === "keys") for (const name of done.names) this.names.add(name)
    if (done.kind === "version") this.appVersion = Math.max(this.appVersion, done.version)
    const action = done.kind === "row" ? done.action : done.kind === "backup" ? "vault.backup" : null
    if (action !== null) this.rows.set(action, (this.rows.get(action) ?? 0) + 1)
  }

  async lossesIn(vault: VaultInFolder): Promise<string[]> {
    const { keys } = await vault.ask("key.list", { limit: 100_000 })
    const there = new Set(keys.map(({ name }) => name))
    const losses = [...this.names].filter((name) => !there.has(name)).map((name) => `${name} is lost`)
    const app = keys.find(({ name }) => name === "app")?.currentVersion ?? 0
    if (app < this.appVersion) losses.push(`version ${this.appVersion} of app is lost`)
    for (const [action, times] of this.rows) {
      const { rows } = await vault.ask("audit.list", { action, limit: 10_000 })
      if (rows.length < times) losses.push(`${times} times ${action} was reported, the log has ${rows.length}`)
    }
    return losses
  }
}

async function killAtRandom(random: SeededRandom, round: number): Promise<string[]> {
  const program = new StartedProgram(process.execPath, [load.file, folder, `${random.seed}-${round}`])
  // One in five is killed while it starts and unlocks.
  if (random.below(5) > 0) await program.said((line) => line === "ready")
  // Every other one has changed something, however slow the machine is.
  if (round % 2 === 0) await program.said((line) => line.startsWith("{"))
  // A rekey takes longest: some are to end.
  await pause(random.below(random.below(3) === 0 ? 1500 : 400))
  await program.kill()
  return [
    ...program.lines.filter((line) => line !== "ready"),
    ...(program.stderr === "" ? [] : [`WRONG ${program.stderr}`]),
  ]
}

async function flawsAfter(lines: readonly string[], ledger: Ledger): Promise<string[]> {
  const flaws = lines.filter((line) => line.startsWith("WRONG"))
  for (const line of lines) if (line.startsWith("{")) ledger.note(JSON.parse(line))
  flaws.push(...readableSecrets(folder))
  using vault = new VaultInFolder(folder)
  await vault.open()
  flaws.push(...strangersIn(vault), ...(await ledger.lossesIn(vault)), ...(await flawsOfOpenVault(vault)))
  vault.lock()
  flaws.push(...(await flawsOfLockedVault(vault)), ...vault.bugs.map(String))
  return flaws
}

test(`one vault survives ${kills} kills at random moments, and nothing that was reported as done is lost`, {
  timeout: 3_600_000,
}, async () => {
  const random = new SeededRandom()
  console.log(`seed ${random.seed}: CLAVIGER_SEED=${random.seed} does it again`)
  const ledger = new Ledger()
  for (let round = 1; round <= kills; round += 1) {
    const lines = await killAtRandom(random, round)
    const flaws = await flawsAfter(lines, ledger)
    expect(flaws, `seed ${random.seed}, kill ${round}, after ${lines.at(-1)}`).toEqual([])
  }
  const { names, rows, appVersion, changes } = ledger
  console.log(
    `${kills} kills, ${changes} changes reported: ${names.size} keys, version ${appVersion}, ${[...rows].join(" ")}`,
  )
  expect(changes).toBeGreaterThan(kills / 5)
})

test("the newest backup of a vault that was killed again and again can be restored", async () => {
  using vault = new VaultInFolder(folder)
  await vault.open()
  const { keys } = await vault.ask("vault.backup", { out: vault.inFolder("backup.clvbackup"), force: true })
  vault.lock()
  const to = vault.inFolder("restored.claviger")
  const restored = await vault.ask("vault.restore", {
    file: vault.inFolder("backup.clvbackup"),
    to,
    passphrase: passphrase(),
  })
  expect(restored).toMatchObject({ keys, verified: true })
  rmSync(to, { recursive: true })
})
