import { EventEmitter } from "node:events"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { host } from "./host-line.ts"
import { SingleInstance } from "./single-instance.ts"

class PreventableEvent {
  isPrevented = false
  preventDefault(): void {
    this.isPrevented = true
  }
}

/** Electron's `app`. */
class App extends EventEmitter {
  readonly isPackaged = process.env["STANDIN_PACKAGED"] === "yes"
  readonly #paths = new Map<string, string>()
  readonly #instance = new SingleInstance(() => this.emit("second-instance", {}, [], "", {}))
  #isSandboxed = false

  whenReady(): Promise<void> {
    if (!this.#isSandboxed) throw new Error("the stand-in wants app.enableSandbox() before it is ready")
    return Promise.resolve()
  }

  enableSandbox(): void {
    this.#isSandboxed = true
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path)
  }

  getPath(name: string): string {
    const path = this.#paths.get(name)
    if (path === undefined) throw new Error(`the stand-in has no path ${name}`)
    return path
  }

  getVersion(): string {
    const file = join(import.meta.dirname, "..", "..", "package.json")
    return String(JSON.parse(readFileSync(file, "utf8")).version)
  }

  requestSingleInstanceLock(): boolean {
    return this.#instance.take(this.getPath("userData"))
  }

  quit(): void {
    const event = new PreventableEvent()
    this.emit("before-quit", event)
    if (event.isPrevented) return
    this.emit("will-quit", new PreventableEvent())
    this.#instance.release()
    host.tell({ kind: "quit" })
    // What was said must still arrive.
    setImmediate(() => process.exit(0))
  }
}

export const app = new App()
host.on("quit", () => app.quit())
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => app.quit())
