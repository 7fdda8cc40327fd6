import { EventEmitter } from "node:events"
import { host } from "./host-line.ts"

let clipboardText = ""

/** Electron's `clipboard`, of this process alone. */
export const clipboard = {
  readText: async (): Promise<string> => clipboardText,
  writeText: async (text: string): Promise<void> => {
    clipboardText = text
  },
  clear(): void {
    clipboardText = ""
  },
}

interface DialogOptions {
  readonly defaultPath?: string
}

/** Electron's `dialog`. The stand-in has none to show: it takes what is proposed, and opens nothing. */
export const dialog = {
  showSaveDialog: async (_window: unknown, { defaultPath }: DialogOptions) =>
    defaultPath === undefined ? { canceled: true, filePath: "" } : { canceled: false, filePath: defaultPath },
  showOpenDialog: async (): Promise<{ canceled: boolean; filePaths: string[] }> => ({ canceled: true, filePaths: [] }),
}

interface MenuItem {
  readonly label?: string
  readonly role?: string
  readonly click?: () => void
  readonly submenu?: readonly MenuItem[]
}

let applicationMenu: { items: readonly MenuItem[] } | null = null

/** Electron's `Menu`: kept, not drawn. */
export const Menu = {
  buildFromTemplate: (items: readonly MenuItem[]) => ({ items }),
  setApplicationMenu(menu: { items: readonly MenuItem[] }): void {
    applicationMenu = menu
  },
  getApplicationMenu: () => applicationMenu,
}

export const powerMonitor = new EventEmitter()

/** Electron's `nativeTheme`. */
export const nativeTheme = {
  shouldUseDarkColors: false,
  set themeSource(source: "system" | "light" | "dark") {
    this.shouldUseDarkColors = source === "dark"
    host.tell({ kind: "appearance", scheme: source === "system" ? null : source })
  },
}
