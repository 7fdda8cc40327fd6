import { spawnSync } from "node:child_process"
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { BuiltProgram } from "../support/built-program.ts"
import { cannotTrace } from "../support/driven.ts"
import { cannotMount } from "../support/small-disk.ts"
import { temporaryFolder } from "../support/temporary-folder.ts"
import { furnish, VaultInFolder } from "../support/vault-in-folder.ts"
import { flawsOfOpenVault } from "../support/vault-invariants.ts"
import { lowMemoryKdf, passphrase } from "../support/vaults.ts"

const cannotBreak = cannotTrace ?? cannotMount

/** What OpenSSL draws when Node.js starts; later calls are SQLite's, and OpenSSL's when it seeds itself again. */
const drawsOfNode = 2

// Skipped where a program can't be traced or nothing can be mounted.
describe.skipIf(cannotBreak !== null)("without random numbers from the system", () => {
  const place = temporaryFolder()
  const original = place.file("original")
  let driver: BuiltProgram

  beforeAll(async () => {
    driver = await BuiltProgram.build("driver")
    mkdirSync(original)
    writeFileSync(place.file("nothing"), "")
    using vault = new VaultInFolder(original)
    await vault.ask("vault.create", { path: vault.path, passphrase: passphrase(), kdf: lowMemoryKdf })
    await vault.open()
    await furnish(vault)
  })
  afterAll(() => {
    driver[Symbol.dispose]()
    place[Symbol.dispose]()
  })

  /**
   * Runs a scenario while getrandom(2) fails from one call on.
   * @param device - what /dev/urandom is, in a world of the program's own
   */
  function run(folder: string, scenario: string, error: string, from: number, device: string) {
    const script = 'mount --bind "$0" /dev/urandom && mount --bind "$0" /dev/random && exec "$@"'
    const faults = ["-e", "trace=getrandom", "-e", `inject=getrandom:error=${error}:when=${from}+`]
    const strace = ["strace", "-f", "-qq", "-o", place.file("trace"), ...faults]
    const words = ["-m", "sh", "-c", script, device, ...strace, process.execPath, driver.file, folder, scenario]
    return spawnSync("unshare", words, { input: "go\n", encoding: "utf8" })
  }

  const deviceThatIs = (name: string): string => (name === "gone" ? place.file("nothing") : "/dev/zero")

  test.for(["EIO", "ENOSYS"])("no program starts when the system's generator fails with %s", (error) => {
    const folder = place.file(`start-${error}`)
    mkdirSync(folder)
    const { stdout, signal, status } = run(folder, "vault create", error, 1, place.file("nothing"))
    expect(stdout).toBe("")
    expect(signal ?? status).not.toBe(0)
    expect(readdirSync(folder)).toEqual([])
  })

  test.for(["gone", "all zeros"])("no vault is made when it fails later and /dev/urandom is %s", async (name) => {
    const folder = place.file(`create-${name}`)
    mkdirSync(folder)
    const { stdout, status, signal } = run(folder, "vault create", "EIO", drawsOfNode + 1, deviceThatIs(name))
    expect(stdout).toBe("ready\n")
    expect(signal ?? status).not.toBe(0)
    using vault = new VaultInFolder(folder)
    expect(await vault.open()).toBe(false)
    expect(existsSync(vault.inFolder("test.claviger/vault.json"))).toBe(false)
    await vault.ask("vault.create", { path: vault.path, passphrase: passphrase(), kdf: lowMemoryKdf })
    expect(await vault.open()).toBe(true)
    expect(await flawsOfOpenVault(vault)).toEqual([])
  })

  test.for(["gone", "all zeros"])(
    "no key is made in a vault when it fails later and /dev/urandom is %s",
    async (name) => {
      const folder = place.file(`generate-${name}`)
      cpSync(original, folder, { recursive: true })
      const { stdout, status, signal } = run(folder, "key generate", "EIO", drawsOfNode + 1, deviceThatIs(name))
      expect(stdout).not.toContain("done")
      expect(signal ?? status).not.toBe(0)
      using vault = new VaultInFolder(folder)
      await vault.open()
      expect((await vault.ask("key.list", { query: "new" })).keys).toEqual([])
      expect(await flawsOfOpenVault(vault)).toEqual([])
    },
  )
})
