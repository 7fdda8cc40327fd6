import type { MenuItemConstructorOptions } from "electron"
import type { Announcement } from "../../preload/contract/announcements.ts"

type Place = Extract<Announcement, { topic: "go" }>["to"]

interface MenuParts {
  readonly platform: NodeJS.Platform
  readonly isPackaged: boolean
  /** What needs an open vault can't be chosen while none is. */
  readonly isUnlocked: boolean
  readonly go: (to: Place) => void
  readonly lock: () => void
}

/** The menu with the conventions of the platform; every entry leads to what also the window and the palette offer. */
export function menuTemplate({ platform, isPackaged, isUnlocked, go, lock }: MenuParts): MenuItemConstructorOptions[] {
  const isMac = platform === "darwin"
  const item = (label: string, to: Place, accelerator: string): MenuItemConstructorOptions => ({
    label,
    click: () => go(to),
    accelerator,
    enabled: isUnlocked,
  })
  const about: MenuItemConstructorOptions = { label: "About Claviger", click: () => go("about") }
  const settings = item(isMac ? "Settings…" : "&Settings", "settings", "CmdOrCtrl+,")
  const separator: MenuItemConstructorOptions = { type: "separator" }
  const mac: MenuItemConstructorOptions = {
    label: "Claviger",
    submenu: [
      about,
      separator,
      settings,
      separator,
      { role: "services" },
      separator,
      { role: "hide" },
      { role: "hideOthers" },
      { role: "unhide" },
      separator,
      { role: "quit" },
    ],
  }
  const file: MenuItemConstructorOptions = {
    label: "&File",
    submenu: [
      item("&New key…", "new-key", "CmdOrCtrl+N"),
      item("&Import…", "import", "CmdOrCtrl+I"),
      separator,
      { label: "&Lock", click: lock, accelerator: "CmdOrCtrl+L", enabled: isUnlocked },
      ...(isMac ? [{ role: "close" } as const] : [separator, settings, separator, { role: "quit" } as const]),
    ],
  }
  const view: MenuItemConstructorOptions = {
    label: "&View",
    submenu: [
      item("&Keys", "keys", "CmdOrCtrl+1"),
      item("Command &palette", "palette", "CmdOrCtrl+K"),
      separator,
      { role: "resetZoom" },
      { role: "zoomIn" },
      { role: "zoomOut" },
      { role: "togglefullscreen" },
      ...(isPackaged ? [] : [separator, { role: "toggleDevTools" } as const]),
    ],
  }
  const help: MenuItemConstructorOptions = { role: "help", submenu: [about] }
  return [...(isMac ? [mac] : []), file, { role: "editMenu" }, view, { role: "windowMenu" }, ...(isMac ? [] : [help])]
}
