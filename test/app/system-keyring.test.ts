import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"

const root = join(import.meta.dirname, "..", "..")

function sourcesNaming(word: string): string[] {
  return ["main", "preload", "renderer"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /[.](ts|tsx|mjs)$/.test(name) && readFileSync(join(root, folder, name), "utf8").includes(word))
      .map((name) => join(folder, name)),
  )
}

test("nothing is entrusted to the system's keyring: no change of its backend can lose or weaken a vault", () => {
  expect(sourcesNaming("safeStorage")).toEqual([])
})

test("a use would be found", () => {
  expect(sourcesNaming("powerMonitor")).toContain(join("main", "app", "desktop.ts"))
})
