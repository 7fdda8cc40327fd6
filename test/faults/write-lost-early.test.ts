import { spawnSync } from "node:child_process"
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { cannotTrace } from "../support/driven.ts"
import { temporaryFolder } from "../support/temporary-folder.ts"

const newFile = JSON.stringify(join(import.meta.dirname, "../../main/store/new-file.ts"))

/** Writes a file in two halves, the first of them put on the disk early. */
const script = `
  import { NewFile } from ${newFile}
  await using file = await NewFile.begin(process.argv[1], false)
  await file.write(new Uint8Array(1e6))
  file.settle()
  await file.write(new Uint8Array(1e6))
  await file.finish()`

// Skipped where programs can't be traced. The system tells of a lost write once, to the first call that asks: that call is the early one.
describe.skipIf(cannotTrace !== null)("a file whose first half the disk was asked to take early", () => {
  test.for([
    ["when the disk takes it, it is there", 2, { status: 0, files: ["new"] }],
    ["when the disk lost it, there is no file and the error is told", 1, { status: 1, files: [] }],
  ] as const)("%s", ([, failing, expected]) => {
    using folder = temporaryFolder()
    const faults = ["-e", "trace=fdatasync", "-e", `inject=fdatasync:error=EIO:when=${failing}`]
    const node = [process.execPath, "--disable-warning=ExperimentalWarning", "--input-type=module", "-e", script]
    const words = ["-f", "-qq", "-o", "/dev/null", ...faults, ...node, folder.file("new")]
    const { status, stderr } = spawnSync("strace", words, { encoding: "utf8" })
    expect({ status, files: readdirSync(folder.file(".")) }).toEqual(expected)
    expect(stderr.includes("EIO")).toBe(expected.status === 1)
  })
})
