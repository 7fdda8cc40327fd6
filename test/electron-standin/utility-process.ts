import { type ChildProcess, fork } from "node:child_process"
import { EventEmitter } from "node:events"
import { existsSync } from "node:fs"
import { join } from "node:path"

const known = ["stdio", "serviceName", "allowLoadingUnsignedLibraries"]

/** Electron's `utilityProcess`: a process of Node.js that reaches main by `process.parentPort` alone. */
class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess
  pid: number | undefined

  private constructor(child: ChildProcess) {
    super()
    this.#child = child
    child.once("spawn", () => {
      this.pid = child.pid
      this.emit("spawn")
    })
    child.on("message", (message) => this.emit("message", message))
    child.once("exit", (status) => {
      this.pid = undefined
      this.emit("exit", status ?? 1)
    })
  }

  static fork(modulePath: string, args: readonly string[] = [], options: Record<string, unknown> = {}): UtilityProcess {
    const unknown = Object.keys(options).filter((name) => !known.includes(name))
    if (unknown.length > 0) throw new Error(`the stand-in knows no option ${unknown.join(", ")} of a utility process`)
    if (options["stdio"] !== "ignore") throw new Error("the stand-in's utility processes print nothing")
    if (!existsSync(modulePath)) throw new Error(`there is no ${modulePath}`)
    const preparation = join(import.meta.dirname, "parent-port.ts")
    const child = fork(modulePath, args, {
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      execArgv: ["--no-warnings", "--import", preparation],
    })
    return new UtilityProcess(child)
  }

  postMessage(message: unknown): void {
    if (this.#child.connected) this.#child.send(message as object, () => undefined)
  }

  kill(): boolean {
    return this.#child.kill()
  }
}

export const utilityProcess = { fork: UtilityProcess.fork }
