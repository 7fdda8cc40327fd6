import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { marker } from "../support/marker.ts"
import { cannotScan, type Hit, scanProcess } from "../support/memory-scan.ts"
import { RunningProgram } from "../support/running-program.ts"
import { temporaryFolder } from "../support/temporary-folder.ts"

const planted = [
  ["planted raw", "raw"],
  ["planted reversed", "reversed"],
  ["planted utf-16le", "utf-16le"],
  ["planted hex", "hex"],
  ["planted hex upper", "hex upper"],
  ["planted base64 0", "base64"],
  ["planted base64 1", "base64"],
  ["planted base64 2", "base64"],
  ["planted base64url 0", "base64url"],
  ["planted base64url 1", "base64url"],
  ["planted base64url 2", "base64url"],
] as const

describe.skipIf(cannotScan !== null)("a scan of a process's memory", () => {
  let hits: Hit[]
  const hitsOf = (name: string) =>
    hits.filter((hit) => hit.name === name).map(({ encoding, via }) => ({ encoding, via }))

  beforeAll(async () => {
    using folder = temporaryFolder()
    makeLongNames(folder.path)
    const file = join(import.meta.dirname, "programs", "keep-secrets.ts")
    await using program = RunningProgram.start(file, ["env", `FOLDER=${folder.path}`])
    await program.hear()
    const names = [
      "held",
      "destroyed",
      "small array",
      "dropped",
      "dropped key object",
      "decrypted and wiped",
      "text between others",
      "never there",
    ]
    const needles = [...names, ...planted.map(([name]) => name)].map((name) => ({ name, bytes: marker(name) }))
    hits = await scanProcess(program.pid, needles)
  }, 60_000)

  test.for(planted)("finds a secret %s, both in a core dump and in live memory", ([name, encoding]) => {
    expect(hitsOf(name)).toEqual(
      expect.arrayContaining([
        { encoding, via: "gcore" },
        { encoding, via: "mem" },
      ]),
    )
  })

  test("does not find what was never there", () => {
    expect(hitsOf("never there")).toEqual([])
  })

  test("finds a secret that is held in live memory only: core dumps leave it out", () => {
    expect(hitsOf("held")).toEqual([{ encoding: "raw", via: "mem" }])
  })

  test.for(["destroyed", "small array", "dropped", "dropped key object", "decrypted and wiped", "text between others"])(
    "finds nothing of a secret that is over: %s",
    (name) => {
      expect(hitsOf(name)).toEqual([])
    },
  )
})

/** Ten names of each length that goes with a size in the program: a block for a name takes 22 bytes more than it, for a secret 16. */
function makeLongNames(folder: string): void {
  for (let length = 96 - 6; length <= 256 - 6; length += 32) {
    for (let index = 0; index < 10; index++) writeFileSync(join(folder, String(index).padEnd(length, "-")), "")
  }
}

test("a process cannot scan itself", async () => {
  await expect(scanProcess(process.pid, [])).rejects.toThrow("cannot scan itself")
})

test("a needle that could turn up by chance is refused", async () => {
  await expect(scanProcess(1, [{ name: "pin", bytes: new Uint8Array(4) }])).rejects.toThrow("pin is too short")
})
