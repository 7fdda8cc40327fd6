import { type ChildProcess, spawn } from "node:child_process"
import { EventEmitter, once } from "node:events"
import { join } from "node:path"
import { type Browser, type BrowserContext, chromium, type Page, type Request, type Route } from "playwright-core"
import { chromiumSwitches } from "./chromium-switches.ts"
import type { ToHost, ToMain } from "./messages.ts"
import { isOurs, toApp, WindowPage } from "./window-page.ts"

const root = join(import.meta.dirname, "..", "..")

export interface HostOptions {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly isHeadless: boolean
  /** Where the system's Chromium is. */
  readonly executable: string
  readonly colorScheme?: "light" | "dark"
  /** Where the main process runs, if not here. */
  readonly inside?: Inside | undefined
}

/** What to start for a program to run in namespaces of its own. */
export type Inside = (program: string, args: readonly string[]) => [program: string, args: string[]]

interface HostEvents {
  window: [Page]
  quit: []
}

/** Owns Chromium, over a pipe, and runs the built main process beside it. */
export class StandinHost extends EventEmitter<HostEvents> {
  readonly main: ChildProcess
  readonly browser: Browser
  readonly #context: BrowserContext
  readonly #windows = new Map<number, Promise<WindowPage>>()
  readonly #pending = new Map<number, (answer: ToHost) => void>()
  readonly #spawnMain: () => ChildProcess
  #requests = 0

  private constructor(main: ChildProcess, browser: Browser, context: BrowserContext, spawnAnother: () => ChildProcess) {
    super()
    this.#spawnMain = spawnAnother
    this.main = main
    this.browser = browser
    this.#context = context
  }

  static async start({ environment, isHeadless, executable, colorScheme, inside }: HostOptions): Promise<StandinHost> {
    // Both at once: what the one says waits until the other is there.
    const spawnAnother = () => spawnMain(environment, inside)
    const main = spawnAnother()
    const early: ToHost[] = []
    const keep = (message: ToHost) => early.push(message)
    main.on("message", keep)
    const browser = await chromium.launch({
      executablePath: executable,
      headless: isHeadless,
      // The display, above all.
      env: Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined)),
      args: [...chromiumSwitches],
    })
    const context = await browser.newContext({
      ...(isHeadless ? {} : { viewport: null }),
      ...(colorScheme === undefined ? {} : { colorScheme }),
      serviceWorkers: "block",
    })
    const host = new StandinHost(main, browser, context, spawnAnother)
    await context.route("**/*", (route) => host.#onRequest(route))
    main.off("message", keep)
    main.on("message", (message: ToHost) => void host.#onMessage(message))
    for (const message of early) void host.#onMessage(message)
    main.once("exit", () => host.emit("quit"))
    return host
  }

  /** The window that is open now. */
  pages(): Page[] {
    return this.#context.pages()
  }

  /** Runs a function in the main process, with the stand-in's `electron`. */
  async evaluate<Argument, Result>(
    run: (electron: never, argument: Argument) => Result,
    argument?: Argument,
  ): Promise<Awaited<Result>> {
    const answer = await this.#ask((id) => ({ kind: "evaluate", id, source: run.toString(), argument }))
    if (answer.kind !== "evaluated") throw new Error("the stand-in's main process answered something else")
    if (answer.error !== undefined) throw new Error(answer.error)
    // What the function gave is what comes back.
    return answer.value as Awaited<Result>
  }

  /** Starts the main process once more, on the same profile. */
  spawnMain(): ChildProcess {
    return this.#spawnMain()
  }

  async rendererPids(): Promise<number[]> {
    const cdp = await this.browser.newBrowserCDPSession()
    const { processInfo } = await cdp.send("SystemInfo.getProcessInfo")
    await cdp.detach()
    return processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id)
  }

  /** Ends the app as its menu does, then Chromium. */
  async close(): Promise<void> {
    if (this.main.exitCode === null && this.main.signalCode === null) {
      const exited = once(this.main, "exit")
      this.#tell({ kind: "quit" })
      await exited
    }
    await this.browser.close()
  }

  #tell(message: ToMain): void {
    // What is said to a process that has ended a moment ago is lost, as what it asked for is.
    if (this.main.connected) this.main.send(message, () => undefined)
  }

  #ask(question: (id: number) => ToMain): Promise<ToHost> {
    this.#requests += 1
    const id = this.#requests
    const answered = new Promise<ToHost>((resolve) => this.#pending.set(id, resolve))
    this.#tell(question(id))
    return answered
  }

  #answer(id: number, answer: ToHost): void {
    this.#pending.get(id)?.(answer)
    this.#pending.delete(id)
  }

  async #onMessage(message: ToHost): Promise<void> {
    switch (message.kind) {
      case "open":
        return this.#open(message)
      case "load":
        return this.#with(message.window, (window) => window.load(message.url))
      case "send":
        return this.#with(message.window, (window) => window.receive({ ...message, kind: "message" }))
      case "reply":
        return this.#with(message.window, (window) => window.receive(message))
      case "crash":
        return this.#with(message.window, (window) => window.crash())
      case "close":
        return this.#with(message.window, (window) => window.close())
      case "front":
        return this.#with(message.window, (window) => window.page.bringToFront())
      case "appearance":
        return this.#dress(message.scheme)
      case "served":
      case "mayNavigate":
        return this.#answer(message.request, message)
      case "evaluated":
        return this.#answer(message.id, message)
      case "quit":
        return
    }
  }

  async #dress(colorScheme: "light" | "dark" | null): Promise<void> {
    for (const id of this.#windows.keys()) await this.#with(id, ({ page }) => page.emulateMedia({ colorScheme }))
  }

  #open(opening: Extract<ToHost, { kind: "open" }>): void {
    const window = WindowPage.open(this.#context, opening, (message) => this.#tell(message))
    this.#windows.set(opening.window, window)
    void window.then(({ page }) => {
      page.once("close", () => this.#windows.delete(opening.window))
      this.emit("window", page)
    })
  }

  /** What is asked of a window that is being closed is not done, as in Electron. */
  async #with(id: number, work: (window: WindowPage) => Promise<unknown>): Promise<void> {
    const window = await this.#windows.get(id)
    if (window !== undefined) await work(window).catch(() => undefined)
  }

  async #onRequest(route: Route): Promise<void> {
    const request = route.request()
    const url = request.url()
    const page = pageOf(request)
    // A window that a page tries to open has no frame yet, and gets none.
    if (page === null) return route.abort("blockedbyclient")
    const id = await this.#windowOf(page)
    if (request.isNavigationRequest() && request.frame().parentFrame() === null) {
      const window = await this.#windows.get(id)
      if (window?.isExpected(url) !== true && !(await this.#mayNavigate(id, url))) return route.fulfill({ status: 204 })
    }
    if (!isOurs(url)) return route.abort("blockedbyclient")
    const answer = await this.#ask((number) => ({
      kind: "serve",
      request: number,
      url: toApp(url),
      method: request.method(),
      window: id,
    }))
    if (answer.kind !== "served") return route.abort()
    const { status, headers, body } = answer
    await route.fulfill({ status, headers: Object.fromEntries(headers), body: Buffer.from(body) })
  }

  async #mayNavigate(window: number, url: string): Promise<boolean> {
    const answer = await this.#ask((request) => ({ kind: "navigate", request, url: toApp(url), window }))
    return answer.kind === "mayNavigate" && answer.isAllowed
  }

  async #windowOf(page: Page): Promise<number> {
    for (const [id, window] of this.#windows) if ((await window).page === page) return id
    return -1
  }
}

function pageOf(request: Request): Page | null {
  try {
    return request.frame().page()
  } catch {
    return null
  }
}

const here: Inside = (program, args) => [program, [...args]]

function spawnMain(environment: HostOptions["environment"], inside = here): ChildProcess {
  const options = ["--disable-sigusr1", "--no-warnings", "--import", join(import.meta.dirname, "register.ts")]
  const [program, args] = inside(process.execPath, [...options, join(root, "dist", "app", "main.js")])
  return spawn(program, args, {
    env: environment,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    serialization: "advanced",
  })
}
