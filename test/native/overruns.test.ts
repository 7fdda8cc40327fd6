import { execFileSync, spawnSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"

/** JavaScript cannot run past the end of anything, so a small C++ program over the same sources does. */
describe.skipIf(process.platform === "win32")("locked memory", () => {
  const sources = join(import.meta.dirname, "..", "..", "native", "src")
  let folder: string

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "claviger-overruns-"))
    const files = [
      join(import.meta.dirname, "programs", "overruns.cc"),
      join(sources, "locked_memory.cc"),
      join(sources, "guarded_pages_posix.cc"),
    ]
    execFileSync("c++", ["-std=c++20", "-O1", "-o", join(folder, "overruns"), ...files])
  }, 60_000)

  afterAll(() => rmSync(folder, { recursive: true }))

  const run = (deed: string) => {
    const { status, signal, stderr } = spawnSync(join(folder, "overruns"), [deed], { cwd: folder, encoding: "utf8" })
    return { status, signal, stderr }
  }

  test.for(["reads past the pages", "reads before the pages", "reads past a large secret", "reads a secret at rest"])(
    "stops a program that %s",
    (deed) => {
      expect(run(deed)).toEqual({ status: null, signal: expect.stringMatching(/SIGSEGV|SIGBUS/), stderr: "" })
    },
  )

  test.for(["writes past a secret", "writes before a secret"])("ends a program that %s, once that is found", (deed) => {
    const stderr = "claviger: memory beside a secret was overwritten\n"
    expect(run(deed)).toEqual({ status: null, signal: "SIGABRT", stderr })
  })

  test("holds nothing where a secret was wiped, while its neighbour lives", () => {
    expect(run("looks where a secret was").status).toBe(0)
  })

  test("gives back secrets of sizes around every boundary", () => {
    expect(run("reads secrets of many sizes").status).toBe(0)
  })
})
