import { cpSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setImmediate as nextTurn } from "node:timers/promises"
import { afterAll, beforeAll, expect, test } from "vitest"
import { BuiltProgram } from "../support/built-program.ts"
import { ClavigerHome } from "../support/run-claviger.ts"
import { SeededRandom } from "../support/seeded-random.ts"
import { StartedProgram } from "../support/started-program.ts"
import { temporaryFolder } from "../support/temporary-folder.ts"
import { furnish, VaultInFolder } from "../support/vault-in-folder.ts"
import { flawsOfLockedVault, flawsOfOpenVault } from "../support/vault-invariants.ts"
import { lowMemoryKdf, passphrase, TestVault } from "../support/vaults.ts"
import { isLong } from "./fault-lab.ts"

let driver: BuiltProgram
let contender: BuiltProgram
const place = temporaryFolder()
const original = place.file("original")

beforeAll(async () => {
  driver = await BuiltProgram.build("driver")
  contender = await BuiltProgram.build("contender")
  mkdirSync(original)
  using vault = new VaultInFolder(original)
  await vault.ask("vault.create", { path: vault.path, passphrase: passphrase(), kdf: lowMemoryKdf })
  await vault.open()
  await furnish(vault)
})

afterAll(() => {
  for (const each of [driver, contender, place]) each[Symbol.dispose]()
})

function copy(name: string): string {
  cpSync(original, place.file(name), { recursive: true })
  return place.file(name)
}

/** A program that has the vault open until it is killed, and makes keys when it is told to go on. */
async function holder(folder: string): Promise<StartedProgram> {
  const program = new StartedProgram(process.execPath, [driver.file, folder, "key generate", "hold"])
  if (!(await program.said((line) => line === "ready"))) throw new Error(program.stderr)
  return program
}

test("a second program is told that the vault is busy, by whichever path it comes", async () => {
  const folder = copy("paths")
  await using _ = await holder(folder)
  const path = join(folder, "test.claviger")
  const other = place.file("paths-linked")
  symlinkSync(path, join(folder, "link.claviger"))
  // The same database, in another folder with headers of its own: there only the database's own lock speaks.
  mkdirSync(other)
  cpSync(join(path, "vault.json"), join(other, "vault.json"))
  cpSync(join(path, "vault.json.2"), join(other, "vault.json.2"))
  linkSync(join(path, "inventory.db"), join(other, "inventory.db"))
  using second = new VaultInFolder(folder)
  for (const way of [
    path,
    join(folder, "link.claviger"),
    join(folder, "link.claviger", "..", "test.claviger"),
    other,
  ]) {
    const failure = await second.refusal("vault.unlock", { path: way, passphrase: passphrase() })
    expect(failure.code, way).toBe("VAULT_BUSY")
  }
})

test("two vaults of one program do not get in each other's way, one vault is open once", async () => {
  const folder = copy("inside")
  using first = new VaultInFolder(folder)
  using second = new VaultInFolder(folder)
  await first.open()
  expect((await second.unlockRefusal()).code).toBe("VAULT_BUSY")
  first.lock()
  expect(await second.open()).toBe(true)
})

test("on the command line a busy vault is exit status 8", async () => {
  using home = await ClavigerHome.withVault()
  const folder = place.file("cli")
  mkdirSync(folder)
  renameSync(home.vault, join(folder, "test.claviger"))
  await using _ = await holder(folder)
  const { status, document } = await home.json(["--vault", join(folder, "test.claviger"), "key", "list"])
  expect(status).toBe(8)
  expect(document).toMatchObject({ error: { code: "VAULT_BUSY" } })
})

test("when the owner is killed the next one takes over, and nothing of what was done is lost", async () => {
  const folder = copy("killed")
  const first = await holder(folder)
  first.tell("go")
  await first.said((line) => line === "done generate beta")
  await first.kill()
  using vault = new VaultInFolder(folder)
  expect(await vault.open()).toBe(true)
  expect((await vault.ask("key.list", { query: "new" })).keys.map(({ name }) => name)).toEqual(["alpha", "beta"])
  expect(await flawsOfOpenVault(vault)).toEqual([])
  vault.lock()
  expect(await flawsOfLockedVault(vault)).toEqual([])
})

test("a killed owner's changes are not lost by way of a hard link, which has no write-ahead log", async () => {
  const folder = copy("hard-link")
  const path = join(folder, "test.claviger")
  const first = await holder(folder)
  const other = join(folder, "other.claviger")
  cpSync(path, other, { recursive: true, filter: (file) => !file.includes("inventory.db") })
  linkSync(join(path, "inventory.db"), join(other, "inventory.db"))
  first.tell("go")
  await first.said((line) => line === "done generate beta")
  await first.kill()
  using vault = new VaultInFolder(folder)
  // Its anchor knows better: the newest changes are missing there.
  expect((await vault.refusal("vault.unlock", { path: other, passphrase: passphrase() })).code).toBe(
    "ROLLBACK_DETECTED",
  )
  expect(await vault.open()).toBe(true)
  expect((await vault.ask("key.show", { name: "beta" })).state).toBe("active")
  expect(await flawsOfOpenVault(vault)).toEqual([])
})

test.for([
  ["of a program that is dead", (): number => 4_194_000],
  ["of another program that has its number now", (): number => process.ppid],
] as const)("a lock %s is taken over", async ([, pid]) => {
  using vault = await TestVault.create()
  vault.lock()
  writeFileSync(join(vault.path, "vault.lock"), JSON.stringify({ pid: pid(), startedAt: "another-boot/1" }))
  await expect(vault.unlock()).resolves.toMatchObject({ failedAttempts: 0 })
})

test.skipIf(process.platform !== "linux")("a lock of a program that is dead and not buried is taken over", async () => {
  using vault = await TestVault.create()
  vault.lock()
  // Its parent becomes a program that never asks after it, and only then it ends.
  await using parent = new StartedProgram("sh", ["-c", "sleep 1000 & echo $!; exec cat"])
  await parent.said(() => true)
  const pid = Number(parent.lines[0])
  while (readFileSync(`/proc/${parent.pid}/comm`, "utf8") !== "cat\n") await nextTurn()
  process.kill(pid, "SIGKILL")
  while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"))) await nextTurn()
  writeFileSync(join(vault.path, "vault.lock"), JSON.stringify({ pid, startedAt: "unknown" }))
  await expect(vault.unlock()).resolves.toMatchObject({ failedAttempts: 0 })
})

test("of many that start at once and are killed, never two own the vault, and none finds it damaged", {
  timeout: 600_000,
}, async () => {
  const folder = copy("contest")
  writeFileSync(join(folder, "owner"), "")
  const random = new SeededRandom()
  const kills = isLong ? 200 : 25
  const start = (): StartedProgram => new StartedProgram(process.execPath, [contender.file, folder])
  const contenders = [start(), start(), start()]
  const heard: string[] = []
  const retire = async (index: number): Promise<void> => {
    const program = contenders[index]
    await program?.kill()
    heard.push(...(program?.lines ?? []))
    if (program?.stderr !== "") heard.push(`WRONG ${program?.stderr}`)
  }
  try {
    for (let killed = 0; killed < kills; killed += 1) {
      // Whoever gets the vault next is killed in the middle of its work, so that the others find its lock.
      const moment = random.oneOf(["owner", "done", "left"])
      const next = contenders.map(async (program, index) => {
        await program.said((line) => line.startsWith(moment), program.lines.length)
        return index
      })
      const index = await Promise.race(next)
      await retire(index)
      contenders[index] = start()
    }
  } finally {
    for (const index of contenders.keys()) await retire(index)
  }
  console.log(
    `seed ${random.seed}: ${kills} kills, vault owned ${heard.filter((line) => line === "owner").length} times`,
  )
  expect(heard.filter((line) => line.startsWith("WRONG"))).toEqual([])
  rmSync(join(folder, "owner"))
  using vault = new VaultInFolder(folder)
  await vault.open()
  const { keys } = await vault.ask("key.list", { limit: 100_000 })
  const names = new Set(keys.map(({ name }) => name))
  const done = heard.filter((line) => line.startsWith("done ")).map((line) => line.slice(5))
  expect(done.filter((name) => !names.has(name))).toEqual([])
  expect(await flawsOfOpenVault(vault)).toEqual([])
  vault.lock()
  expect(await flawsOfLockedVault(vault)).toEqual([])
})
