import { spawnSync } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { ClavigerHome } from "../support/run-claviger.ts"
import { StartedProgram } from "../support/started-program.ts"
import { BatchSession } from "./batch-session.ts"

const isRoot = process.platform === "linux" && process.getuid?.() === 0
/** A pattern with a path or a pipe takes dumps elsewhere, where a test cannot look. */
const dumpsHere =
  process.platform === "linux" && /^[^|/]+$/.test(readFileSync("/proc/sys/kernel/core_pattern", "utf8").trim())
const allowDumps = ["prlimit", "--core=unlimited:unlimited"]
/** Root without any privilege is to a process of root what a person is to a process of their own. */
const asPlainUser = ["setpriv", "--bounding-set=-all"]

describe("a program that has a vault open", () => {
  let home: ClavigerHome
  let anyProgram: StartedProgram

  beforeAll(async () => {
    home = await ClavigerHome.withVault()
    const [command = "", ...options] = asPlainUser
    anyProgram = new StartedProgram(command, [...options, "sh", "-c", "echo runs; exec sleep 1000"])
    await anyProgram.said((line) => line === "runs")
  })

  afterAll(async () => {
    await anyProgram.kill()
    home[Symbol.dispose]()
  })

  const start = (wrapper: readonly string[], folder: string) =>
    BatchSession.start({
      vault: home.vault,
      passphraseFile: home.passphraseFile,
      environment: home.environment,
      wrapper,
      folder,
    })

  test.skipIf(!isRoot || !dumpsHere).for(["SIGSEGV", "SIGABRT", "SIGQUIT"] as const)(
    "leaves no core file when %s ends it, though dumps are allowed",
    async (signal) => {
      const folder = home.folder(signal)
      await using batch = start(allowDumps, folder)
      await batch.ask("key list")
      await batch.kill(signal)
      expect(readdirSync(folder)).toEqual([])
    },
  )

  test.skipIf(!isRoot || !dumpsHere)("another program leaves one there", () => {
    const folder = home.folder("other")
    const [command = "", ...options] = allowDumps
    spawnSync(command, [...options, "sh", "-c", "kill -SEGV $$"], { cwd: folder })
    expect(readdirSync(folder)).not.toEqual([])
  })

  test.skipIf(!isRoot).for([
    ["opens its memory", ["sh", "-c", ": < /proc/PID/mem"]],
    ["reads its environment", ["cat", "/proc/PID/environ"]],
    ["looks where its memory lies", ["cat", "/proc/PID/maps"]],
    ["looks which files it has open", ["readlink", "/proc/PID/fd/0"]],
    ["attaches a debugger to it", ["gdb", "--batch", "-p", "PID", "-ex", "info threads"]],
  ] as const)(
    "another program of the same user fails when it %s, as it would not with any program",
    async ([, command]) => {
      await using batch = start(asPlainUser, home.file("."))
      await batch.ask("key list")
      expect(succeedsAsPlainUser(command, batch.pid)).toBe(false)
      expect(succeedsAsPlainUser(command, anyProgram.pid)).toBe(true)
    },
  )
})

/** A debugger that is denied ends well all the same, but says so. */
function succeedsAsPlainUser(command: readonly string[], pid: number): boolean {
  const [program = "", ...options] = asPlainUser
  const words = command.map((word) => word.replace("PID", String(pid)))
  const { status, stderr } = spawnSync(program, [...options, ...words], { encoding: "utf8" })
  return status === 0 && !/ptrace: /.test(stderr)
}
