import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"

/** A program that tells on standard output, line by line, how far it is. */
export class StartedProgram implements AsyncDisposable {
  readonly lines: string[] = []
  readonly #child: ChildProcess
  readonly #ended: Promise<unknown>
  readonly #errors: string[] = []
  #unfinishedLine = ""
  #wake: () => void = () => undefined
  #hasEnded = false

  constructor(command: string, words: readonly string[], environment: NodeJS.ProcessEnv = process.env) {
    this.#child = spawn(command, words, { stdio: ["pipe", "pipe", "pipe"], env: environment })
    this.#child.stdin?.on("error", () => undefined)
    this.#child.stderr?.on("data", (chunk) => this.#errors.push(String(chunk)))
    this.#child.stdout?.setEncoding("utf8").on("data", (text: string) => this.#hear(text))
    this.#ended = once(this.#child, "close").then(() => {
      this.#hasEnded = true
      this.#wake()
    })
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error("the program did not start")
    return this.#child.pid
  }

  get stderr(): string {
    return this.#errors.join("")
  }

  get status(): number | null {
    return this.#child.exitCode
  }

  /** Waits for a line that fits, from one position on, or for the end. @returns whether there was one */
  async said(fits: (line: string) => boolean, from = 0): Promise<boolean> {
    for (;;) {
      if (this.lines.slice(from).some(fits)) return true
      if (this.#hasEnded) return false
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  tell(line: string): void {
    this.#child.stdin?.write(`${line}\n`)
  }

  /** As power cuts do: without a word. What it has said by then is heard. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL")
    await this.#ended
  }

  async end(): Promise<void> {
    await this.#ended
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill()
  }

  /** A line that the program was killed in the middle of never ends, and does not count as said. */
  #hear(text: string): void {
    const lines = (this.#unfinishedLine + text).split("\n")
    this.#unfinishedLine = lines.pop() ?? ""
    this.lines.push(...lines)
    this.#wake()
  }
}
