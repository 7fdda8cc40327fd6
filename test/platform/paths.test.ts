import { userInfo } from "node:os"
import { afterEach, expect, test, vi } from "vitest"
import { configDirectory, defaultVaultPath, surroundings } from "../../main/platform/paths.ts"

const linux = { platform: "linux", home: "/h/a", environment: {} } as const
const mac = { platform: "darwin", home: "/u/a", environment: {} } as const
const windows = { platform: "win32", home: "C:\\a", environment: {} } as const

afterEach(() => {
  vi.unstubAllEnvs()
})

test("the vault lies where each system keeps a user's data", () => {
  expect(defaultVaultPath(linux)).toBe("/h/a/.local/share/claviger/default.claviger")
  expect(defaultVaultPath(mac)).toBe("/u/a/Library/Application Support/Claviger/default.claviger")
  expect(defaultVaultPath(windows)).toBe("C:\\a\\AppData\\Roaming\\Claviger\\default.claviger")
})

test("settings lie where each system keeps them", () => {
  expect(configDirectory(linux)).toBe("/h/a/.config/claviger")
  expect(configDirectory(mac)).toBe("/u/a/Library/Application Support/Claviger/config")
  expect(configDirectory(windows)).toBe("C:\\a\\AppData\\Roaming\\Claviger\\config")
})

test("the environment moves them", () => {
  const environment = { XDG_DATA_HOME: "/data", XDG_CONFIG_HOME: "/config", APPDATA: "D:\\roaming" }
  expect(defaultVaultPath({ ...linux, environment })).toBe("/data/claviger/default.claviger")
  expect(configDirectory({ ...linux, environment })).toBe("/config/claviger")
  expect(defaultVaultPath({ ...windows, environment })).toBe("D:\\roaming\\Claviger\\default.claviger")
})

test("a relative XDG folder is ignored, as its specification asks", () => {
  const environment = { XDG_DATA_HOME: "data", XDG_CONFIG_HOME: "./config" }
  expect(defaultVaultPath({ ...linux, environment })).toBe(defaultVaultPath(linux))
  expect(configDirectory({ ...linux, environment })).toBe(configDirectory(linux))
})

test("our own variables win, unless they are empty", () => {
  const environment = { CLAVIGER_VAULT: "/v", CLAVIGER_CONFIG: "/c", XDG_DATA_HOME: "/data" }
  expect(defaultVaultPath({ ...linux, environment })).toBe("/v")
  expect(configDirectory({ ...linux, environment })).toBe("/c")
  expect(defaultVaultPath({ ...linux, environment: { CLAVIGER_VAULT: "" } })).toBe(defaultVaultPath(linux))
})

test.for(["", "somewhere"])("a home of %j is nobody's: the system knows where it is", (home) => {
  vi.stubEnv("HOME", home)
  expect(surroundings().home).toBe(userInfo().homedir)
})

test.for(["linux", "darwin", "win32"] as const)(
  "on %s CLAVIGER_HOME holds the settings and the usual vault",
  (platform) => {
    const here = { platform, home: "/homes/ann", environment: { CLAVIGER_HOME: "/elsewhere" } }
    expect(configDirectory(here)).toMatch(/^[/\\]elsewhere[/\\]config$/)
    expect(defaultVaultPath(here)).toMatch(/^[/\\]elsewhere[/\\]default[.]claviger$/)
  },
)
