import { expect, test } from "vitest"
import { sourceFiles } from "./source-files.ts"

const files = sourceFiles(".").filter(({ path }) => !path.startsWith("test/vectors/"))

/** A folder of somebody's own machine; in pieces, so that this file is not one that has it. */
const homeFolders = ["home", "Users", "root", "work", "workspace"]
const developersPath = new RegExp(`(^|["'\`\\s(=:])/(${homeFolders.join("|")})/[\\w.-]`, "m")

test.for(homeFolders)("a path under %s is found", (folder) => {
  expect(`const file = "/${folder}/ann/claviger"`).toMatch(developersPath)
})

test("no file has a path of a developer's machine", () => {
  expect(files.length).toBeGreaterThan(150)
  expect(files.filter(({ text }) => developersPath.test(text)).map(({ path }) => path)).toEqual([])
})

test("no file has the host of a package registry", () => {
  const host = /\/\/(registry|npm|artifactory|nexus|verdaccio)[.:-]/i
  expect(`https:/${"/registry."}example.com/`).toMatch(host)
  expect(files.filter(({ text }) => host.test(text)).map(({ path }) => path)).toEqual([])
})

test("the lock file names versions and hashes, not the place that they came from", () => {
  const lockFile = files.find(({ path }) => path === "package-lock.json")
  expect(lockFile?.text).toContain('"integrity"')
  expect(lockFile?.text).not.toContain('"resolved"')
})
