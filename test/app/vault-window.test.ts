import { expect, test, vi } from "vitest"
import { VaultWindow } from "../../main/app/vault-window.ts"

/** The part of Electron's window that says where it is, and remembers how it came onto the screen. */
const opened = vi.hoisted(() => [] as Opened[])

interface Opened {
  readonly shown: string[]
  readonly options: Record<string, unknown>
  state: "focused" | "behind" | "minimized"
  isFull: boolean
  emit(event: string): boolean
}

vi.mock("electron", async () => {
  const { EventEmitter } = await import("node:events")
  class BrowserWindow extends EventEmitter implements Opened {
    readonly webContents = Object.assign(new EventEmitter(), { forcefullyCrashRenderer: () => undefined })
    readonly shown: string[] = []
    readonly options: Record<string, unknown>
    state: Opened["state"] = "focused"
    isFull = false
    constructor(options: Record<string, unknown>) {
      super()
      this.options = options
      opened.push(this)
    }
    loadURL = async () => undefined
    isMinimized = () => this.state === "minimized"
    isFocused = () => this.state === "focused"
    isMaximized = () => false
    isFullScreen = () => this.isFull
    getNormalBounds = () => ({ x: 7, y: 8, width: 901, height: 602 })
    destroy = () => undefined
    show = () => this.shown.push("in front")
    showInactive = () => this.shown.push("behind")
    minimize = () => this.shown.push("minimized")
  }
  return { BrowserWindow }
})

/** The window after it was renewed, and could be shown. */
function renewed(state: Opened["state"], isFull = false): Opened {
  opened.length = 0
  const window = new VaultWindow(() => ({ title: "Claviger" }), {
    onActivity: () => undefined,
    onCrash: () => undefined,
  })
  window.show()
  const [old] = opened
  if (old !== undefined) Object.assign(old, { state, isFull })
  window.renew()
  const [, fresh] = opened
  if (fresh === undefined) throw new Error("no new window was opened")
  fresh.emit("ready-to-show")
  return fresh
}

test.for([
  ["focused", "in front"],
  ["behind", "behind"],
  ["minimized", "minimized"],
] as const)("a window that was %s when it locked is %s afterwards", ([state, shown]) => {
  expect(renewed(state).shown).toEqual([shown])
})

test("a window that locks stays where it was, and as large", () => {
  expect(renewed("focused").options).toMatchObject({ x: 7, y: 8, width: 901, height: 602 })
  expect(renewed("focused").options).not.toHaveProperty("fullscreen")
  expect(renewed("focused", true).options).toMatchObject({ fullscreen: true })
})
