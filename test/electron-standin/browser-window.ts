import { EventEmitter } from "node:events"
import { readFileSync } from "node:fs"
import { app } from "./app.ts"
import { host } from "./host-line.ts"
import { session } from "./session.ts"
import { wire } from "./wire.ts"

interface WebPreferences {
  readonly preload?: string
  readonly partition?: string
  readonly [name: string]: unknown
}
interface Options {
  readonly width?: number
  readonly height?: number
  readonly webPreferences?: WebPreferences
  readonly [name: string]: unknown
}

export const windows = new Map<number, BrowserWindow>()
let opened = 0

/** What real Electron would let pass, and the app must not rely on. */
const demanded: Readonly<Record<string, boolean>> = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  webSecurity: true,
  webviewTag: false,
}

const permissions = ["geolocation", "camera", "microphone", "notifications", "clipboard-read", "midi", "storage-access"]

class WebContents extends EventEmitter {
  readonly id: number
  readonly session: ReturnType<typeof session.fromPartition>
  #mayOpen: (details: { url: string }) => { action: string } = () => ({ action: "allow" })

  constructor(id: number, partition: string) {
    super()
    this.id = id
    this.session = session.fromPartition(partition)
  }

  send(channel: string, ...args: unknown[]): void {
    host.tell({ kind: "send", window: this.id, channel, text: wire.encode(args) })
  }

  forcefullyCrashRenderer(): void {
    host.tell({ kind: "crash", window: this.id })
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.#mayOpen = handler
  }

  /** @returns whether a page may open a window: the stand-in has no second one. */
  mayOpen(url: string): boolean {
    return this.#mayOpen({ url }).action !== "deny"
  }
}

/** Electron's `BrowserWindow`. */
export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents
  readonly options: Options
  readonly #id: number
  #isProtected = false
  /** There is no window manager: this is what one would have been told. */
  #state: "focused" | "behind" | "minimized" = "behind"

  constructor(options: Options) {
    super()
    opened += 1
    this.#id = opened
    this.options = options
    const { webPreferences = {}, width = 800, height = 600 } = options
    for (const [name, wanted] of Object.entries(demanded)) {
      if (webPreferences[name] !== wanted) throw new Error(`the stand-in wants ${name}: ${wanted}`)
    }
    const { preload, partition = "" } = webPreferences
    if (preload === undefined) throw new Error("the stand-in wants a preload")
    this.webContents = new WebContents(this.#id, partition)
    windows.set(this.#id, this)
    const denied = this.webContents.session.deniedOf(permissions)
    host.tell({ kind: "open", window: this.#id, width, height, preload: readFileSync(preload, "utf8"), denied })
    app.emit("web-contents-created", {}, this.webContents)
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows.values()]
  }

  loadURL(url: string): Promise<void> {
    host.tell({ kind: "load", window: this.#id, url })
    return new Promise((resolve) => this.once("ready-to-show", resolve))
  }

  destroy(): void {
    if (!windows.delete(this.#id)) return
    host.tell({ kind: "close", window: this.#id })
    this.emit("closed")
    if (windows.size === 0) app.emit("window-all-closed")
  }

  isDestroyed(): boolean {
    return !windows.has(this.#id)
  }

  setContentProtection(isOn: boolean): void {
    this.#isProtected = isOn
  }

  isContentProtected(): boolean {
    return this.#isProtected
  }

  getNormalBounds() {
    return { x: 0, y: 0, width: this.options.width ?? 800, height: this.options.height ?? 600 }
  }

  show(): void {
    this.#state = "focused"
  }
  showInactive(): void {
    this.#state = "behind"
  }
  focus(): void {
    this.#state = "focused"
    host.tell({ kind: "front", window: this.#id })
  }
  blur(): void {
    this.#state = "behind"
  }
  minimize(): void {
    this.#state = "minimized"
  }
  restore(): void {
    this.#state = "focused"
  }
  isFocused(): boolean {
    return this.#state === "focused"
  }
  isMinimized(): boolean {
    return this.#state === "minimized"
  }
  isMaximized(): boolean {
    return false
  }
  isFullScreen(): boolean {
    return false
  }
  maximize(): void {}
}

host.on("loaded", ({ window }) => windows.get(window)?.emit("ready-to-show"))
host.on("gone", ({ window }) => windows.get(window)?.webContents.emit("render-process-gone", {}, { reason: "killed" }))
host.on("closed", ({ window }) => windows.get(window)?.destroy())
host.on("input", ({ window, type }) => windows.get(window)?.webContents.emit("input-event", {}, { type }))
host.on("popup", ({ window, url }) => {
  if (windows.get(window)?.webContents.mayOpen(url)) throw new Error("the stand-in opens no second window")
})
host.on("navigate", ({ window, request, url }) => {
  let isAllowed = true
  const event = {
    url,
    preventDefault() {
      isAllowed = false
    },
  }
  windows.get(window)?.webContents.emit("will-navigate", event, url)
  host.tell({ kind: "mayNavigate", request, isAllowed })
})
