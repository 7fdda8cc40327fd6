import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { root } from "../architecture/source-files.ts"

const source = readFileSync(join(root, "preload", "preload.ts"), "utf8")

test("the preload exposes one thing, of two functions", () => {
  expect(source.match(/exposeInMainWorld/g)).toHaveLength(1)
  expect(source.match(/^ {2}(invoke|subscribe): /gm)).toHaveLength(2)
})

test("no channel is the page's to choose", () => {
  const calls = [...source.matchAll(/ipcRenderer\.\w+\((\w+)/g)].map(([, channel]) => channel)
  expect(new Set(calls)).toEqual(new Set(["invokeChannel", "announceChannel"]))
})
