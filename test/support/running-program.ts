import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"

/** Node.js strips types with WebAssembly, for which V8 reserves 8 GiB unless told otherwise: gcore would write it all to disk. */
const options = ["--disable-wasm-trap-handler", "--wasm-max-mem-pages=1024"]

/** A TypeScript program in a process of its own, which says with `process.send` how far it is. */
export class RunningProgram implements AsyncDisposable {
  readonly #child: ChildProcess
  readonly #failed: Promise<never>

  private constructor(child: ChildProcess) {
    this.#child = child
    this.#failed = once(child, "exit").then(([status, signal]) => {
      throw new Error(`The program ended early: ${status ?? signal}`)
    })
    this.#failed.catch(() => undefined)
  }

  /** @param wrapper - a command that runs the rest of its line, such as prlimit with its options */
  static start(file: string, wrapper: readonly string[] = []): RunningProgram {
    const [command = "", ...words] = [...wrapper, process.execPath, ...options, file]
    return new RunningProgram(spawn(command, words, { stdio: ["ignore", "inherit", "inherit", "ipc"] }))
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error("The program did not start")
    return this.#child.pid
  }

  /** What the program says next. */
  async hear(): Promise<unknown> {
    const [message] = await Promise.race([once(this.#child, "message"), this.#failed])
    return message
  }

  tell(message: string): void {
    this.#child.send(message)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const ended = once(this.#child, "exit")
    this.#child.kill("SIGKILL")
    await ended
  }
}
