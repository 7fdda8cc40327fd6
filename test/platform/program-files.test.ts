import { createHash } from "node:crypto"
import { chmodSync, chownSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { hashOfProgram, isReplaceable, programFile } from "../../main/platform/program-files.ts"

function program(): { folder: string; file: string } {
  const folder = join(mkdtempSync(join(tmpdir(), "claviger-program-")), "opt")
  mkdirSync(folder, { mode: 0o755 })
  const file = join(folder, "app.asar")
  writeFileSync(file, "a program", { mode: 0o644 })
  return { folder, file }
}

test("of an AppImage it is that file, of a package its archive, and of a checkout the bundle", () => {
  const entry = "/opt/Claviger/resources/app.asar/dist/app/main.js"
  expect(programFile(entry, "/srv/ada/Claviger.AppImage")).toBe("/srv/ada/Claviger.AppImage")
  expect(programFile(entry, undefined)).toBe("/opt/Claviger/resources/app.asar")
  expect(programFile("/srv/ada/claviger/dist/app/main.js", undefined)).toBe("/srv/ada/claviger/dist/app/main.js")
})

test("its hash is the one that sha256sum tells", async () => {
  const { file } = program()
  expect(await hashOfProgram(file)).toBe(createHash("sha256").update("a program").digest("hex"))
})

test("signed platforms check it themselves", () => {
  const { file } = program()
  chmodSync(file, 0o666)
  expect(isReplaceable(file, "darwin")).toBe(false)
})

const isRoot = process.getuid?.() === 0

test.skipIf(!isRoot)("what belongs to root, in folders of root's, can't be replaced", () => {
  expect(isReplaceable(program().file, "linux")).toBe(false)
})

test.skipIf(!isRoot)("what belongs to somebody else, or lies in a folder of somebody else, can be", () => {
  const [one, other] = [program(), program()]
  chownSync(one.file, 1000, 1000)
  expect(isReplaceable(one.file, "linux")).toBe(true)
  chownSync(other.folder, 1000, 1000)
  expect(isReplaceable(other.file, "linux")).toBe(true)
})

test.skipIf(!isRoot)("what everybody may write to can be replaced, and so can what lies in such a folder", () => {
  const [one, other] = [program(), program()]
  chmodSync(one.file, 0o666)
  expect(isReplaceable(one.file, "linux")).toBe(true)
  chmodSync(other.folder, 0o777)
  expect(isReplaceable(other.file, "linux")).toBe(true)
})
