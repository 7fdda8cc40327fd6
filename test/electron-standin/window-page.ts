import { randomUUID } from "node:crypto"
import type { BrowserContext, CDPSession, Page } from "playwright-core"
import type { ToHost, ToMain } from "./messages.ts"
import { pageScript } from "./wire.ts"

const world = "standin-preload"
const binding = "__standin"
/** Chromium knows no scheme of ours: it sees this origin, and the code under test never does. */
const chromiumOrigin = "https://claviger.invalid"
const appOrigin = "app://claviger"

export const toChromium = (url: string): string => url.replace(appOrigin, chromiumOrigin)
export const toApp = (url: string): string => url.replace(chromiumOrigin, appOrigin)
export const isOurs = (url: string): boolean => url.startsWith(`${chromiumOrigin}/`)

type Opening = Extract<ToHost, { kind: "open" }>
type FrameEvent = { readonly frame: { readonly id: string; readonly url: string; readonly parentId?: string } }

/** One window: a page of Chromium with the preload in a world of its own. */
export class WindowPage {
  readonly page: Page
  readonly #cdp: CDPSession
  readonly #id: number
  readonly #tell: (message: ToMain) => void
  readonly #frames = new Map<string, { url: string; isTop: boolean }>()
  readonly #frameOfContext = new Map<number, string>()
  #preloadContext: number | null = null
  #loading: string | null = null
  #crashed: Promise<unknown> = Promise.resolve()

  private constructor(page: Page, cdp: CDPSession, id: number, tell: (message: ToMain) => void) {
    this.page = page
    this.#cdp = cdp
    this.#id = id
    this.#tell = tell
  }

  static async open(context: BrowserContext, opening: Opening, tell: (message: ToMain) => void): Promise<WindowPage> {
    const page = await context.newPage()
    const cdp = await context.newCDPSession(page)
    const window = new WindowPage(page, cdp, opening.window, tell)
    window.#listen()
    await window.#prepare(opening)
    return window
  }

  /** Whether this request is the load that main has asked for. */
  isExpected(url: string): boolean {
    const isExpected = this.#loading === url
    if (isExpected) this.#loading = null
    return isExpected
  }

  async load(url: string): Promise<void> {
    this.#loading = toChromium(url)
    await this.page.goto(toChromium(url), { waitUntil: "load" })
    this.#tell({ kind: "loaded", window: this.#id })
  }

  /** Hands a message to the preload; one that has gone away misses it, as in Electron. */
  async receive(message: object): Promise<void> {
    if (this.#preloadContext === null) return
    const expression = `${binding}Receive(${JSON.stringify(message)})`
    await this.#cdp.send("Runtime.evaluate", { expression, contextId: this.#preloadContext }).catch(() => undefined)
  }

  crash(): Promise<unknown> {
    const crashed = this.page.waitForEvent("crash")
    // It answers nothing: what would answer is gone.
    void this.#cdp.send("Page.crash").catch(() => undefined)
    this.#crashed = crashed
    return crashed
  }

  async close(): Promise<void> {
    await this.#crashed
    await this.page.close()
  }

  #listen(): void {
    this.page.on("crash", () => this.#tell({ kind: "gone", window: this.#id }))
    this.page.on("close", () => this.#tell({ kind: "closed", window: this.#id }))
    this.page.on("popup", (popup) => {
      this.#tell({ kind: "popup", window: this.#id, url: popup.url() })
      void popup.close()
    })
    this.#cdp.on("Page.frameNavigated", ({ frame }: FrameEvent) => {
      this.#frames.set(frame.id, { url: frame.url, isTop: frame.parentId === undefined })
    })
    this.#cdp.on("Runtime.executionContextCreated", ({ context }) => {
      const frame = String(context.auxData?.["frameId"])
      this.#frameOfContext.set(context.id, frame)
      if (context.name === world && this.#frames.get(frame)?.isTop !== false) this.#preloadContext = context.id
    })
    this.#cdp.on("Runtime.bindingCalled", ({ name, payload, executionContextId }) => {
      if (name === binding) this.#onCall(JSON.parse(payload), executionContextId)
    })
  }

  #onCall(
    message: { kind: "input"; type: string } | { kind: "invoke"; call: number; channel: string; args: string },
    context: number,
  ): void {
    if (message.kind === "input") {
      this.#tell({ ...message, window: this.#id })
      return
    }
    const { call, channel, args: text } = message
    const { url, isTop } = this.#frames.get(this.#frameOfContext.get(context) ?? "") ?? { url: "", isTop: false }
    this.#tell({ kind: "invoke", window: this.#id, call, channel, text, url: toApp(url), isTop })
  }

  /** A window on the screen keeps the size that the person gives it; without a screen the page has a size of its own. */
  async #resize(width: number, height: number): Promise<void> {
    if (this.page.viewportSize() !== null) return this.page.setViewportSize({ width, height })
    const { windowId } = await this.#cdp.send("Browser.getWindowForTarget")
    await this.#cdp.send("Browser.setWindowBounds", { windowId, bounds: { width, height } })
  }

  async #deny(permissions: readonly string[]): Promise<void> {
    const { targetInfo } = await this.#cdp.send("Target.getTargetInfo")
    const { browserContextId } = targetInfo
    const where = browserContextId === undefined ? {} : { browserContextId }
    // What it denies, it denies as long as this session lasts.
    const browser = await this.page.context().browser()?.newBrowserCDPSession()
    const denial = (name: string) =>
      ({ ...where, permission: { name }, setting: "denied", origin: chromiumOrigin }) as const
    await Promise.all(permissions.map((name) => browser?.send("Browser.setPermission", denial(name))))
  }

  async #prepare({ width, height, preload, denied }: Opening): Promise<void> {
    const key = `standin-${randomUUID()}-`
    const wire = pageScript("wire.js")
      .replace(/^(\/\/.*\n)*;/, "")
      .trim()
    const body = (name: string) =>
      pageScript(name)
        .replace(/^(\/\/.*\n)*;/, "")
        .trim()
    const asFunction = `function (require, module, exports) {${preload}\n}`
    const inPage = `(${body("main-world.js")})(${wire}, ${JSON.stringify(key)})`
    const inWorld = `(${body("preload-world.js")})(${wire}, ${JSON.stringify(key)}, ${asFunction}, ${JSON.stringify(binding)})`
    await Promise.all([
      this.#cdp.send("Page.enable"),
      this.#cdp.send("Runtime.enable"),
      this.#cdp.send("Runtime.addBinding", { name: binding, executionContextName: world }),
      this.#cdp.send("Page.addScriptToEvaluateOnNewDocument", { source: inPage }),
      this.#cdp.send("Page.addScriptToEvaluateOnNewDocument", { source: inWorld, worldName: world }),
      this.#resize(width, height),
      this.#deny(denied),
    ])
  }
}
