import { basename } from "node:path"
import { expect, test } from "vitest"
import { sourceFiles } from "./source-files.ts"

const sources = sourceFiles("main", "preload", "renderer", "native/src", "setup")

/** Names that say nothing of what is inside. */
const emptyName = /(^|[.-])(utils?|helpers?|commons?|misc|managers?|services?|types?)([.-]|$)/

test("the sources are found", () => {
  expect(sources.length).toBeGreaterThan(120)
})

test("no source file is longer than 250 lines", () => {
  const long = sources.filter(({ text }) => text.split("\n").length - 1 > 250)
  expect(long.map(({ path }) => path)).toEqual([])
})

test.for(["utils.ts", "string-helpers.ts", "key-manager.ts", "types.ts", "common.test.ts", "token-service.ts"])(
  "%s says nothing of what is inside",
  (name) => {
    expect(name).toMatch(emptyName)
  },
)

test.for(["key-state.ts", "token-protocol.ts", "message-authentication.ts"])("%s is a name", (name) => {
  expect(name).not.toMatch(emptyName)
})

test("every source and test file has a name that says what is inside", () => {
  const files = [...sources, ...sourceFiles("test").filter(({ path }) => !path.startsWith("test/vectors/"))]
  expect(files.map(({ path }) => path).filter((path) => emptyName.test(basename(path)))).toEqual([])
})

test("a folder has no barrel but where the barrel is the idea", () => {
  const barrels = sources.filter(({ path }) => basename(path) === "index.ts").map(({ path }) => path)
  expect(barrels).toEqual(["main/store/migrations/index.ts", "preload/contract/index.ts"])
})
