import { BrowserWindow, type BrowserWindowConstructorOptions, type IpcMainInvokeEvent } from "electron"
import type { Announcement } from "../../preload/contract/announcements.ts"
import { announceChannel } from "../../preload/contract/bridge.ts"
import { startUrl } from "./page-protocol.ts"

interface WindowEvents {
  /** A key was pressed or the pointer moved. */
  readonly onActivity: () => void
  /** The renderer ended by itself. */
  readonly onCrash: () => void
}

/** The one window, which goes nowhere, and whose renderer can be replaced by a new one. */
export class VaultWindow {
  readonly #options: () => BrowserWindowConstructorOptions
  readonly #events: WindowEvents
  #window: BrowserWindow | null = null

  constructor(options: () => BrowserWindowConstructorOptions, events: WindowEvents) {
    this.#options = options
    this.#events = events
  }

  /** The window as dialogs need it. */
  get current(): BrowserWindow | null {
    return this.#window
  }

  /** Shows the window, made anew where there is none. */
  show(): void {
    const window = this.#window
    if (window === null) {
      this.#window = this.#open({})
      return
    }
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  /** Kills the renderer, with all that it had in memory, and starts a new one in a window in the same place. */
  renew(): void {
    const old = this.#window
    if (old === null) return
    this.#window = null
    const place = old.getBounds()
    const isMaximized = old.isMaximized()
    old.webContents.forcefullyCrashRenderer()
    this.#window = this.#open(place)
    if (isMaximized) this.#window.maximize()
    old.destroy()
  }

  announce(announcement: Announcement): void {
    this.#window?.webContents.send(announceChannel, announcement)
  }

  /** Whether a call comes from the top frame of our own page in our own window. */
  isOurs({ sender, senderFrame }: IpcMainInvokeEvent): boolean {
    return (
      sender === this.#window?.webContents &&
      senderFrame !== null &&
      senderFrame.parent === null &&
      senderFrame.url === startUrl
    )
  }

  #open(place: BrowserWindowConstructorOptions): BrowserWindow {
    const window = new BrowserWindow({ ...this.#options(), ...place })
    const { webContents } = window
    webContents.on("input-event", () => this.#events.onActivity())
    webContents.on("render-process-gone", () => {
      if (this.#window === window) this.#events.onCrash()
    })
    window.on("page-title-updated", (event) => event.preventDefault())
    window.once("ready-to-show", () => window.show())
    window.on("closed", () => {
      if (this.#window === window) this.#window = null
    })
    void window.loadURL(startUrl)
    return window
  }
}
