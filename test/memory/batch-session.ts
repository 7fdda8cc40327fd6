import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import type { FailureDocument } from "../../main/cli/report.ts"
import { program } from "../support/run-claviger.ts"

export type Answer =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error: FailureDocument }

export interface Command {
  readonly cmd: string
  readonly args: Readonly<Record<string, unknown>>
}

interface Choices {
  readonly vault: string
  readonly passphraseFile: string
  readonly environment: NodeJS.ProcessEnv
  /** Another file than the built program. */
  readonly file?: string
  /** Further options, such as `--debug`. */
  readonly options?: readonly string[]
  /** A command that runs the rest of its line, such as prlimit with its options. */
  readonly wrapper?: readonly string[]
  readonly folder?: string
}

/** V8 reserves 8 GiB around the memory of WebAssembly, and a core dump would hold all of it, as zeros. */
const scannable = "--disable-wasm-trap-handler"

/** `claviger batch`, as built, kept alive until it is disposed: then it is killed. */
export class BatchSession implements AsyncDisposable {
  readonly #child: ChildProcess
  readonly #answers: AsyncIterator<string>
  readonly #heard: string[] = []
  readonly ended: Promise<unknown[]>

  private constructor(child: ChildProcess) {
    if (child.stdout === null || child.stderr === null) throw new Error("the program has no output")
    this.#child = child
    this.#answers = createInterface(child.stdout)[Symbol.asyncIterator]()
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => this.#heard.push(String(chunk)))
    this.ended = once(child, "exit")
  }

  static start(choices: Choices): BatchSession {
    const { vault, passphraseFile, environment, file = program, options = [], wrapper = [], folder } = choices
    const words = [
      "--vault",
      vault,
      "--passphrase-file",
      passphraseFile,
      ...options,
      "batch",
      "-",
      "--commit-every",
      "100",
    ]
    const [command = "", ...others] = [...wrapper, process.execPath, scannable, file, ...words]
    return new BatchSession(spawn(command, others, { stdio: "pipe", env: environment, cwd: folder }))
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error("the program did not start")
    return this.#child.pid
  }

  /** All that it has written to standard output and standard error. */
  get output(): string {
    return this.#heard.join("")
  }

  /** Sends a line as it is. */
  async answerToLine(line: string): Promise<Answer> {
    this.#child.stdin?.write(`${line}\n`)
    const { value, done } = await this.#answers.next()
    if (done === true) throw new Error(`the program has ended: ${this.output}`)
    return JSON.parse(value)
  }

  answerTo(cmd: string, args: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
    return this.answerToLine(JSON.stringify({ cmd: cmd.split(" "), args }))
  }

  /** @throws Error when the line fails */
  async ask(cmd: string, args: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    const answer = await this.answerTo(cmd, args)
    if (!answer.ok) throw new Error(`${cmd}: ${answer.error.code}: ${answer.error.message}`)
    return answer.result
  }

  /** All lines at once: those that can be are made durable together. @throws Error when one fails */
  async askAll(commands: readonly Command[]): Promise<unknown[]> {
    return await Promise.all(commands.map(({ cmd, args }) => this.ask(cmd, args)))
  }

  kill(signal: NodeJS.Signals): Promise<unknown[]> {
    this.#child.kill(signal)
    return this.ended
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await this.kill("SIGKILL")
  }
}
