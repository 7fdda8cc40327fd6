import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { operationsOfWindow } from "../../preload/contract/operations-of-window.ts"
import { windowOperations } from "../../preload/contract/window.ts"

const renderer = join(import.meta.dirname, "../../renderer")

/** Whatever is named as the first argument of a call that asks main; there may be two, of which one is chosen. */
const asked = new Set(
  readdirSync(renderer, { recursive: true, encoding: "utf8" })
    .filter((name) => /[.]tsx?$/.test(name))
    .flatMap((name) => [
      ...readFileSync(join(renderer, name), "utf8").matchAll(/\b(ask|askProven|invoke|useAnswer)\(([^,]*),/g),
    ])
    .flatMap(([, , argument = ""]) => [...argument.matchAll(/"([a-z.-]+)"/g)].map(([, name]) => name)),
)

test.for([...operationsOfWindow, ...Object.keys(windowOperations)])("a screen asks for %s", (name) => {
  expect(asked.has(name)).toBe(true)
})
