import { expect, test } from "vitest"
import { menuTemplate } from "../../main/app/menu.ts"

const menuOn = (platform: NodeJS.Platform, isPackaged = true, isUnlocked = true) =>
  menuTemplate({ platform, isPackaged, isUnlocked, go: () => undefined, lock: () => undefined })

type Items = ReturnType<typeof menuOn>

const labelled = (items: Items): Items =>
  items.flatMap((item) =>
    Array.isArray(item.submenu) ? labelled(item.submenu) : item.click === undefined ? [] : [item],
  )

const everything = (platform: NodeJS.Platform, isPackaged = true) => JSON.stringify(menuOn(platform, isPackaged))

test("macOS has the app's own menu first", () => {
  expect(menuOn("darwin")[0]?.label).toBe("Claviger")
})

test.for(["linux", "win32"] as const)("on %s File comes first, and Help has About", (platform) => {
  expect(menuOn(platform)[0]?.label).toBe("&File")
  expect(JSON.stringify(menuOn(platform).at(-1))).toContain("About Claviger")
})

test("a package has no developer's tools and no reload", () => {
  expect(everything("linux")).not.toMatch(/toggleDevTools|reload/i)
  expect(everything("linux", false)).toContain("toggleDevTools")
})

test.for(["linux", "darwin"] as const)("on %s nothing but About can be chosen while no vault is open", (platform) => {
  const able = (isUnlocked: boolean) =>
    labelled(menuOn(platform, true, isUnlocked)).filter(({ enabled }) => enabled !== false)
  expect(able(false).map(({ label }) => label)).toEqual(["About Claviger"])
  expect(able(true)).toHaveLength(7)
})
