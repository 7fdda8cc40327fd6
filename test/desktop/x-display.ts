import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"

/** A display of X11 that nobody looks at, with its two selections. */
export class XDisplay implements AsyncDisposable {
  readonly name: string
  readonly #server: ChildProcess

  private constructor(name: string, server: ChildProcess) {
    this.name = name
    this.#server = server
  }

  static async start(): Promise<XDisplay> {
    // It chooses a free number, and says which once it can be used.
    const server = spawn("Xvfb", ["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"], {
      stdio: ["ignore", "pipe", "ignore"],
    })
    const [number] = await once(server.stdout, "data")
    return new XDisplay(`:${String(number).trim()}`, server)
  }

  /** What Ctrl+V pastes. */
  clipboard(): string {
    return this.#read("clipboard")
  }

  /** What the middle button pastes: whatever was selected last, wherever. */
  primary(): string {
    return this.#read("primary")
  }

  /** Another program copies something. */
  copy(text: string): void {
    const stdio = ["pipe", "ignore", "ignore"] as const
    spawnSync("xclip", ["-selection", "clipboard", "-in"], { input: text, stdio: [...stdio], env: this.#environment })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#server, "exit")
    this.#server.kill()
    await ended
  }

  get #environment(): NodeJS.ProcessEnv {
    return { ...process.env, DISPLAY: this.name }
  }

  #read(selection: "clipboard" | "primary"): string {
    const { stdout } = spawnSync("xclip", ["-selection", selection, "-out"], { env: this.#environment })
    return stdout.toString()
  }
}
