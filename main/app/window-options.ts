import type { BrowserWindowConstructorOptions } from "electron"

/** In memory only: whatever Chromium would keep of a page goes with the window. */
export const partition = "claviger"

interface Surroundings {
  /** The built preload. */
  readonly preload: string
  readonly isPackaged: boolean
  readonly isDark: boolean
}

/** A window whose page can do nothing but draw and ask through the bridge. */
export function windowOptions({ preload, isPackaged, isDark }: Surroundings): BrowserWindowConstructorOptions {
  return {
    title: "Claviger",
    width: 1180,
    height: 760,
    minWidth: 900,
    minHeight: 600,
    show: false,
    backgroundColor: isDark ? "#14161a" : "#f7f8fa",
    webPreferences: {
      preload,
      partition,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      disableDialogs: true,
      // It keeps lists of words that were typed.
      spellcheck: false,
      devTools: !isPackaged,
    },
  }
}
