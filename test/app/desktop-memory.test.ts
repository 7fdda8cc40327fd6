import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { DesktopMemory } from "../../main/app/desktop-memory.ts"
import { defaultPreferences } from "../../preload/contract/preferences.ts"

let folder: string
const file = () => join(folder, "desktop.json")
const remembered = () => new DesktopMemory(file(), writeFileSync)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "claviger-memory-"))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

test("the vault used last comes first, and each once", () => {
  const memory = remembered()
  for (const path of ["/a", "/b", "/a"]) memory.remember(path)
  expect(remembered().recent).toEqual(["/a", "/b"])
})

test("ten vaults are remembered", () => {
  const memory = remembered()
  for (let index = 0; index < 12; index += 1) memory.remember(`/${index}`)
  expect(memory.recent).toHaveLength(10)
})

test("a changed preference leaves the others", () => {
  remembered().set({ appearance: "dark" })
  remembered().set({ lockAfterIdle: 60 })
  expect(remembered().preferences).toEqual({ ...defaultPreferences, appearance: "dark", lockAfterIdle: 60 })
})

test.for(["", "{", '{"recent":"x"}', '{"preferences":{"lockAfterIdle":-1}}', "[]"])(
  "a file with %s costs the preferences and nothing else",
  (content) => {
    writeFileSync(file(), content)
    expect(remembered().preferences).toEqual(defaultPreferences)
  },
)
