import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { _electron, type Page } from "@playwright/test"
import { type Inside, StandinHost } from "../electron-standin/host.ts"
import { systemChromium } from "../electron-standin/system-chromium.ts"

export const root = join(import.meta.dirname, "..", "..")

const mainBundle = join(root, "dist", "app", "main.js")

/** The running app, on Electron or on its stand-in: the same for both. */
export interface RunningApp {
  readonly runtime: "electron" | "stand-in"
  /** The windows that are open. */
  pages(): Page[]
  nextPage(): Promise<Page>
  /** Runs a function in the main process; it gets Electron's module and the argument. */
  inMain<Argument, Result>(
    run: (electron: MainModule, argument: Argument) => Result,
    argument: Argument,
  ): Promise<Result>
  /** Of the main process. */
  readonly pid: number
  rendererPids(): Promise<number[]>
  startAgain(): Promise<number>
  close(): Promise<void>
  /** Ends it without a chance to clean up. */
  kill(): Promise<void>
}

/** What specs may touch of Electron's module in the main process. */
export interface MainModule {
  readonly clipboard: { readText(): Promise<string>; writeText(text: string): Promise<void> }
  readonly dialog: Record<"showSaveDialog" | "showOpenDialog", unknown>
  readonly powerMonitor: { emit(event: string): boolean }
  readonly BrowserWindow: {
    getAllWindows(): { isContentProtected(): boolean; webContents: { forcefullyCrashRenderer(): void } }[]
  }
  readonly Menu: { getApplicationMenu(): { items: readonly MenuItem[] } | null }
}

export interface MenuItem {
  readonly label?: string
  readonly enabled?: boolean
  readonly click?: () => void
  readonly submenu?: readonly MenuItem[] | { readonly items: readonly MenuItem[] } | null
}

/** Electron's binary, where its package has downloaded it. */
export function electronBinary(): string | null {
  const folder = dirname(createRequire(import.meta.url).resolve("electron/package.json"))
  const names = { darwin: "Electron.app/Contents/MacOS/Electron", win32: "electron.exe" }
  const name = process.platform === "darwin" || process.platform === "win32" ? names[process.platform] : "electron"
  const binary = join(folder, "dist", name)
  return existsSync(binary) ? binary : null
}

/** @param inside - where the main process runs, if not here; the stand-in's alone */
export async function launch(environment: NodeJS.ProcessEnv, inside?: Inside): Promise<RunningApp> {
  return electronBinary() === null ? launchStandin(environment, inside) : launchElectron(environment)
}

async function exitOf(child: ChildProcess): Promise<number> {
  const [status] = await once(child, "exit")
  return Number(status)
}

/** Chromium tells in its arguments what each of its processes is for. */
function renderersUnder(parent: number): number[] {
  const lines = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n")
  const processes = lines.map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)/.exec(line) ?? [])
  const family = new Set([parent])
  for (const [, pid, ppid] of processes) if (family.has(Number(ppid))) family.add(Number(pid))
  return processes.flatMap(([, pid, , args]) =>
    family.has(Number(pid)) && args?.includes("--type=renderer") === true ? [Number(pid)] : [],
  )
}

async function launchElectron(environment: NodeJS.ProcessEnv): Promise<RunningApp> {
  const env = Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  const app = await _electron.launch({ args: [mainBundle], env })
  return {
    runtime: "electron",
    pages: () => app.windows(),
    nextPage: () => app.waitForEvent("window"),
    // Playwright gives the whole module, of which `MainModule` is a part.
    inMain: (run, argument) => app.evaluate(run as never, argument) as never,
    pid: app.process().pid ?? 0,
    rendererPids: async () => renderersUnder(app.process().pid ?? 0),
    startAgain: () => exitOf(spawn(app.process().spawnfile, [mainBundle], { env, stdio: "ignore" })),
    close: () => app.close(),
    kill: async () => {
      app.process().kill("SIGKILL")
    },
  }
}

async function launchStandin(environment: NodeJS.ProcessEnv, inside: Inside | undefined): Promise<RunningApp> {
  const executable = systemChromium()
  if (executable === null) throw new Error("neither Electron's binary nor the system's Chromium is there")
  const host = await StandinHost.start({
    environment,
    isHeadless: environment["STANDIN_CLIPBOARD"] !== "x11",
    executable,
    inside,
  })
  return {
    runtime: "stand-in",
    pages: () => host.pages(),
    nextPage: () => new Promise((resolve) => host.once("window", resolve)),
    inMain: (run, argument) => host.evaluate(run as never, argument) as never,
    pid: host.main.pid ?? 0,
    rendererPids: () => host.rendererPids(),
    startAgain: () => exitOf(host.spawnMain()),
    close: () => host.close(),
    kill: async () => {
      host.main.kill("SIGKILL")
      await host.browser.close()
    },
  }
}
