import { app } from "./app.ts"
import { BrowserWindow } from "./browser-window.ts"
import { host } from "./host-line.ts"
import { ipcMain } from "./ipc-main.ts"
import { protocol, session } from "./session.ts"
import { clipboard, dialog, Menu, nativeTheme, powerMonitor } from "./system.ts"
import { utilityProcess } from "./utility-process.ts"

/** The part of Electron's main module that the app uses, over the system's Chromium. Anything else is not there, and so an error. */
export {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  powerMonitor,
  protocol,
  session,
  utilityProcess,
}

const electron = { app, BrowserWindow, clipboard, dialog, Menu, nativeTheme, powerMonitor, session }

// What Playwright does for real Electron: a test runs a function in the main process.
host.on("evaluate", async ({ id, source, argument }) => {
  try {
    const run = new Function("electron", "argument", `return (${source})(electron, argument)`)
    host.tell({ kind: "evaluated", id, value: await run(electron, argument) })
  } catch (error) {
    host.tell({ kind: "evaluated", id, error: String(error) })
  }
})
