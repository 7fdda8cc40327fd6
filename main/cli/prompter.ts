import { constants, openSync, writeSync } from "node:fs"
import { ReadStream } from "node:tty"
import { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"
import { Interrupted } from "./interrupted.ts"
import { LineEditor } from "./line-editor.ts"

const longestPassphrase = 1024
const longestLine = 1024
const sigint = 2

/** Asks a person at a terminal. */
export class Prompter implements Disposable {
  readonly #input: ReadStream
  readonly #say: (text: string) => void
  readonly #close: () => void
  /** What was typed ahead, after the end of a line. */
  #ahead = new Uint8Array(0)

  private constructor(input: ReadStream, say: (text: string) => void, close: () => void) {
    this.#input = input
    this.#say = say
    this.#close = close
  }

  /** `null` when nobody is there to ask: neither standard input nor standard error is a terminal. */
  static open(): Prompter | null {
    if (!process.stdin.isTTY && !process.stderr.isTTY) return null
    const device = openDevice()
    if (device !== null) return new Prompter(device.input, device.say, () => device.input.destroy())
    if (!process.stdin.isTTY) return null
    const say = (text: string): void => void process.stderr.write(text)
    return new Prompter(process.stdin, say, () => process.stdin.pause())
  }

  /**
   * Asks without echo.
   * @throws `INVALID_INPUT` when it is empty or longer than 1024 bytes, `Interrupted` at Ctrl-C
   */
  async secret(question: string): Promise<Secret> {
    using editor = new LineEditor(longestPassphrase)
    await this.#readLine(question, editor, false)
    if (editor.line.length === 0) throw new VaultError("INVALID_INPUT", "passphrase: is empty")
    if (editor.line.length > longestPassphrase) {
      throw new VaultError("INVALID_INPUT", `passphrase: is longer than ${longestPassphrase} bytes`)
    }
    return Secret.copyOf(editor.line)
  }

  /** Asks with echo, for what is no secret. */
  async line(question: string): Promise<string> {
    using editor = new LineEditor(longestLine)
    await this.#readLine(question, editor, true)
    return Buffer.from(editor.line).toString("utf8")
  }

  async #readLine(question: string, editor: LineEditor, isEchoed: boolean): Promise<void> {
    // First silence, then the question: an answer that follows at once must not show.
    if (!isEchoed) this.#input.setRawMode(true)
    try {
      this.#say(`${question}: `)
      await this.#typeInto(editor)
    } finally {
      this.#input.pause()
      if (!isEchoed) {
        this.#input.setRawMode(false)
        this.#say("\n")
      }
    }
  }

  #typeInto(editor: LineEditor): Promise<void> {
    return new Promise((resolve, reject) => {
      const take = (chunk: Uint8Array): void => {
        for (const [index, byte] of chunk.entries()) {
          const typed = editor.type(byte)
          if (typed === "more") continue
          // Copied: `slice` of a Buffer would be another view of the bytes that are wiped below.
          this.#ahead = new Uint8Array(chunk.subarray(index + 1))
          finish(typed === "done" ? null : typed === "interrupted" ? new Interrupted(sigint) : nobodyAnswered())
          break
        }
        editor.pause()
        chunk.fill(0)
      }
      const ended = (): void => finish(nobodyAnswered())
      const finish = (error: Error | null): void => {
        this.#input.off("data", take).off("end", ended).off("error", ended)
        if (error === null) resolve()
        else reject(error)
      }
      this.#input.on("data", take).on("end", ended).on("error", ended)
      const ahead = this.#ahead
      this.#ahead = new Uint8Array(0)
      take(ahead)
      this.#input.resume()
    })
  }

  /** Also in the middle of a question: the terminal gets its echo back. */
  [Symbol.dispose](): void {
    this.#ahead.fill(0)
    if (this.#input.isRaw) this.#input.setRawMode(false)
    this.#close()
  }
}

/** The terminal itself, also while standard input is a file. */
function openDevice(): { input: ReadStream; say(text: string): void } | null {
  if (process.platform === "win32") return null
  try {
    const fd = openSync("/dev/tty", constants.O_RDWR | constants.O_NOCTTY)
    return { input: new ReadStream(fd), say: (text) => void writeSync(fd, text) }
  } catch {
    return null
  }
}

function nobodyAnswered(): VaultError {
  return new VaultError("USAGE", "nobody answered at the terminal")
}
