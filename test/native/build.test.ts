import { spawnSync } from "node:child_process"
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"

const root = join(import.meta.dirname, "..", "..")

/** Each test builds, or does not, in a fresh checkout: the sources alone, and the packages. */
describe.skipIf(process.platform === "win32")("building the addon", () => {
  let checkout: string

  beforeEach(() => {
    checkout = mkdtempSync(join(tmpdir(), "claviger-build-"))
    cpSync(join(root, "native"), join(checkout, "native"), {
      recursive: true,
      filter: (path) => path !== join(root, "native", "build"),
    })
    mkdirSync(join(checkout, "setup"))
    cpSync(join(root, "setup", "native.mjs"), join(checkout, "setup", "native.mjs"))
    symlinkSync(join(root, "node_modules"), join(checkout, "node_modules"))
  })

  afterEach(() => rmSync(checkout, { recursive: true }))

  /** With an empty home folder, no npm settings, and a proxy that is not there: any download would fail. */
  const build = (path = process.env["PATH"]) =>
    spawnSync(process.execPath, [join(checkout, "setup", "native.mjs")], {
      encoding: "utf8",
      env: { PATH: path, HOME: checkout, https_proxy: "http://127.0.0.1:9", http_proxy: "http://127.0.0.1:9" },
    })

  test("needs no download and one line; built, it is left alone", { timeout: 120_000 }, () => {
    const line = "Building native/ (once, and again when it changes)\n"
    expect(build()).toMatchObject({ status: 0, stdout: "", stderr: line })
    expect(existsSync(join(checkout, "native", "build", "Release", "claviger.node"))).toBe(true)
    expect(build()).toMatchObject({ status: 0, stdout: "", stderr: "" })
  })

  test("a source that does not compile is an error that shows the compiler's words", { timeout: 120_000 }, () => {
    appendFileSync(join(checkout, "native", "src", "guarded_pages.h"), "this is no C++\n")
    const { status, stderr } = build()
    expect(status).toBe(1)
    expect(stderr).toContain("guarded_pages.h")
  })

  test.skipIf(process.platform !== "linux")("without tools it names them and the command that installs them", () => {
    const { status, stderr } = build(join(checkout, "nothing"))
    expect(status).toBe(1)
    expect(stderr).toContain("native/ cannot be built without: make, python3, g++.")
    expect(stderr).toContain("sudo apt-get install -y g++ make python3")
  })
})
