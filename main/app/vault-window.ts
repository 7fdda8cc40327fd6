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

/** How a window gets onto the screen. */
type Appearing = (window: BrowserWindow) => void

const inFront: Appearing = (window) => window.show()
const inBackground: Appearing = (window) => window.showInactive()
const minimized: Appearing = (window) => window.minimize()

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
      this.#window = this.#open({}, inFront)
      return
    }
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  /**
   * Kills the renderer, with all that it had in memory, and starts a new one in a window in the same place: it comes before no other
   * program, and out of the taskbar, no more than the old one was.
   */
  renew(): void {
    const old = this.#window
    if (old === null) return
    this.#window = null
    const appear = old.isMinimized() ? minimized : old.isFocused() ? inFront : inBackground
    const isMaximized = old.isMaximized()
    const place = { ...old.getNormalBounds(), ...(old.isFullScreen() ? { fullscreen: true } : {}) }
    old.webContents.forcefullyCrashRenderer()
    this.#window = this.#open(place, appear)
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

  #open(place: BrowserWindowConstructorOptions, appear: Appearing): BrowserWindow {
    const window = new BrowserWindow({ ...this.#options(), ...place })
    const { webContents } = window
    webContents.on("input-event", () => this.#events.onActivity())
    webContents.on("render-process-gone", () => {
      if (this.#window === window) this.#events.onCrash()
    })
    window.on("page-title-updated", (event) => event.preventDefault())
    window.once("ready-to-show", () => appear(window))
    window.on("closed", () => {
      if (this.#window === window) this.#window = null
    })
    void window.loadURL(startUrl)
    return window
  }
}
