import { spawnSync } from "node:child_process"
import { EventEmitter } from "node:events"
import { host } from "./host-line.ts"

let clipboardText = ""

/** Electron's `clipboard`, of this process alone. */
const ownClipboard = {
  readText: async (): Promise<string> => clipboardText,
  writeText: async (text: string): Promise<void> => {
    clipboardText = text
  },
  clear(): void {
    clipboardText = ""
  },
}

/** Electron's `clipboard`, as it is on a display of X11: other programs see what is there. */
const clipboardOfDisplay = {
  readText: async (): Promise<string> => xclip("-out"),
  writeText: async (text: string): Promise<void> => {
    xclip("-in", text)
  },
  clear(): void {
    xclip("-in", "")
  },
}

export const clipboard = process.env["STANDIN_CLIPBOARD"] === "x11" ? clipboardOfDisplay : ownClipboard

/** What is put there stays in the background, with whoever asks for it. */
function xclip(direction: "-in" | "-out", input?: string): string {
  const stdio = ["pipe", direction === "-out" ? "pipe" : "ignore", "ignore"] as const
  return (
    spawnSync("xclip", ["-selection", "clipboard", direction], { input, stdio: [...stdio] }).stdout?.toString() ?? ""
  )
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
  readonly enabled?: boolean
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
