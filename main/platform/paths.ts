import { homedir, userInfo } from "node:os"
import { isAbsolute, posix, win32 } from "node:path"

/** The part of a machine that decides where files belong. */
export interface Surroundings {
  readonly platform: NodeJS.Platform
  readonly home: string
  readonly environment: Readonly<Record<string, string | undefined>>
}

export function surroundings(): Surroundings {
  return { platform: process.platform, home: homeFolder(), environment: process.env }
}

/** `$HOME` says it, unless it is empty or relative: that would mean whatever folder the program runs in. */
function homeFolder(): string {
  const home = homedir()
  return isAbsolute(home) ? home : userInfo().homedir
}

/** The vault that is meant when none is named: `$CLAVIGER_VAULT`, else one in `$CLAVIGER_HOME`, else in the user's data folder. */
export function defaultVaultPath({ platform, home, environment }: Surroundings): string {
  return given(environment, "CLAVIGER_VAULT") ?? within(platform, dataFolder(), "default.claviger")

  function dataFolder(): string {
    const ownHome = given(environment, "CLAVIGER_HOME")
    if (ownHome !== undefined) return ownHome
    if (platform === "darwin") return posix.join(home, "Library", "Application Support", "Claviger")
    if (platform === "win32") return win32.join(roaming(home, environment), "Claviger")
    return posix.join(xdg(environment, "XDG_DATA_HOME") ?? posix.join(home, ".local", "share"), "claviger")
  }
}

/** Where Claviger keeps what must not lie beside the vault, such as rollback anchors: `$CLAVIGER_CONFIG`, else within `$CLAVIGER_HOME`, else the user's folder for settings. */
export function configDirectory({ platform, home, environment }: Surroundings): string {
  return given(environment, "CLAVIGER_CONFIG") ?? settingsFolder()

  function settingsFolder(): string {
    const ownHome = given(environment, "CLAVIGER_HOME")
    if (ownHome !== undefined) return within(platform, ownHome, "config")
    if (platform === "darwin") return posix.join(home, "Library", "Application Support", "Claviger", "config")
    if (platform === "win32") return win32.join(roaming(home, environment), "Claviger", "config")
    return posix.join(xdg(environment, "XDG_CONFIG_HOME") ?? posix.join(home, ".config"), "claviger")
  }
}

function roaming(home: string, environment: Surroundings["environment"]): string {
  return given(environment, "APPDATA") ?? win32.join(home, "AppData", "Roaming")
}

/** The XDG Base Directory Specification has relative paths ignored. */
function xdg(environment: Surroundings["environment"], name: string): string | undefined {
  const path = given(environment, name)
  return path !== undefined && posix.isAbsolute(path) ? path : undefined
}

function given(environment: Surroundings["environment"], name: string): string | undefined {
  const value = environment[name]
  return value === "" ? undefined : value
}

function within(platform: NodeJS.Platform, folder: string, name: string): string {
  return (platform === "win32" ? win32 : posix).join(folder, name)
}
