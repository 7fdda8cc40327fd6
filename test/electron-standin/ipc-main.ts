import type { BrowserWindow } from "./browser-window.ts"
import { windows } from "./browser-window.ts"
import { host } from "./host-line.ts"
import { wire } from "./wire.ts"

interface CallEvent {
  readonly sender: BrowserWindow["webContents"]
  readonly senderFrame: { readonly url: string; readonly parent: object | null }
}
type Handler = (event: CallEvent, ...args: unknown[]) => unknown

const handlers = new Map<string, Handler>()

/** Electron's `ipcMain`. */
export const ipcMain = {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    handlers.set(channel, handler)
  },
}

host.on("invoke", async ({ window, call, channel, text, url, isTop }) => {
  const sender = windows.get(window)?.webContents
  if (sender === undefined) return
  const senderFrame = { url, parent: isTop ? null : {} }
  const reply = (answer: { text: string } | { error: string }) => host.tell({ kind: "reply", window, call, ...answer })
  try {
    const handler = handlers.get(channel)
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
    const args = wire.decode(text)
    const value = await handler({ sender, senderFrame }, ...(Array.isArray(args) ? args : []))
    reply({ text: wire.encode(value) })
  } catch (error) {
    reply({ error: `Error invoking remote method '${channel}': ${String(error)}` })
  }
})
