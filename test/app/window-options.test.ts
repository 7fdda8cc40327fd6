import { expect, test } from "vitest"
import { partition, windowOptions } from "../../main/app/window-options.ts"

const packaged = windowOptions({ preload: "/app/preload.cjs", isPackaged: true, isDark: false })

test.for([
  ["contextIsolation", true],
  ["sandbox", true],
  ["nodeIntegration", false],
  ["nodeIntegrationInWorker", false],
  ["nodeIntegrationInSubFrames", false],
  ["webSecurity", true],
  ["allowRunningInsecureContent", false],
  ["experimentalFeatures", false],
  ["webviewTag", false],
  ["navigateOnDragDrop", false],
  ["disableDialogs", true],
  ["spellcheck", false],
  ["devTools", false],
] as const)("of a packaged window %s is %s", ([name, value]) => {
  expect(packaged.webPreferences?.[name]).toBe(value)
})

test("developers have their tools, and a package has none", () => {
  const inDevelopment = windowOptions({ preload: "/app/preload.cjs", isPackaged: false, isDark: false })
  expect(inDevelopment.webPreferences?.devTools).toBe(true)
})

test("nothing of a page is kept on disk", () => {
  expect(packaged.webPreferences?.partition).toBe(partition)
  expect(partition).not.toMatch(/^persist:/)
})

test("the title says nothing of what is open", () => {
  expect(packaged.title).toBe("Claviger")
})

test("no switch is thrown that is not known here", () => {
  const known = 15
  expect(Object.keys(packaged.webPreferences ?? {})).toHaveLength(known)
})
