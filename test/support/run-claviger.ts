import { spawn } from "node:child_process"
import { once } from "node:events"
import { closeSync, mkdirSync, openSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { type Readable, Writable } from "node:stream"
import { temporaryFolder } from "./temporary-folder.ts"

const root = join(import.meta.dirname, "..", "..")

/** The command line as built: what `npx claviger` starts. */
export const program = join(root, "dist", "main", "claviger.js")

export interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Surroundings {
  readonly input?: string | Uint8Array
  readonly environment?: Readonly<Record<string, string>>
  /** A file or device in place of standard output. */
  readonly stdout?: string
  /** What descriptor 3 gives. */
  readonly third?: string
}

/** A user with an empty home, one passphrase in a file, and no terminal. */
export class ClavigerHome implements Disposable {
  readonly #folder = temporaryFolder()
  readonly vault = this.file("keys.claviger")
  readonly passphraseFile = this.write("passphrase", "correct horse battery staple\n")

  /** With a vault that opens quickly. */
  static async withVault(): Promise<ClavigerHome> {
    const home = new ClavigerHome()
    await home.done("vault create --kdf low-memory")
    return home
  }

  file(name: string): string {
    return join(this.#folder.path, name)
  }

  folder(name: string): string {
    mkdirSync(this.file(name))
    return this.file(name)
  }

  write(name: string, content: string | Uint8Array): string {
    writeFileSync(this.file(name), content)
    return this.file(name)
  }

  get environment(): NodeJS.ProcessEnv {
    const { PATH, LANG } = process.env
    return { PATH, LANG, HOME: this.#folder.path, CLAVIGER_CONFIG: this.file("config"), CLAVIGER_VAULT: this.vault }
  }

  /** Runs one command line. A string is cut at its spaces. Without a passphrase file unless one is named. */
  async run(line: string | readonly string[], surroundings: Surroundings = {}): Promise<Ended> {
    const { input = "", environment, stdout: device, third } = surroundings
    const words = typeof line === "string" ? line.split(" ") : line
    const outward = device === undefined ? "pipe" : openSync(device, "w")
    // A session of its own has no terminal, whoever runs the tests.
    const child = spawn(process.execPath, [program, ...words], {
      cwd: this.#folder.path,
      env: { ...this.environment, ...environment },
      stdio: ["pipe", outward, "pipe", "pipe"],
      detached: true,
    })
    if (typeof outward === "number") closeSync(outward)
    const [stdin, , , fd3] = child.stdio
    give(stdin, input)
    give(fd3, third ?? "")
    const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)]
    const [status] = await once(child, "close")
    return { status, stdout: stdout(), stderr: stderr() }
  }

  /** As `run`, with the passphrase and `--json`. @returns the exit status and the one document */
  async json(line: string | readonly string[], surroundings: Surroundings = {}) {
    const words = typeof line === "string" ? line.split(" ") : line
    const options = ["--json", "--passphrase-file", this.passphraseFile]
    const { status, stdout, stderr } = await this.run([...options, ...words], surroundings)
    const document: Record<string, unknown> = JSON.parse(stdout)
    return { status, document, stderr }
  }

  /** As `json`, of a command that is done. @throws Error when it fails */
  async done(line: string | readonly string[], surroundings: Surroundings = {}): Promise<Record<string, unknown>> {
    const { status, document, stderr } = await this.json(line, surroundings)
    if (status !== 0) throw new Error(`${String(line)}: ${status} ${JSON.stringify(document)} ${stderr}`)
    return document
  }

  /** Runs a batch with the passphrase. @returns its answers */
  async batch(lines: readonly object[], ...options: readonly string[]): Promise<BatchAnswer[]> {
    const input = lines.map((line) => `${JSON.stringify(line)}\n`).join("")
    const words = ["batch", ...options, "--passphrase-file", this.passphraseFile]
    const { stdout } = await this.run(words, { input })
    return stdout.split("\n").flatMap((line): BatchAnswer[] => (line === "" ? [] : [JSON.parse(line)]))
  }

  [Symbol.dispose](): void {
    this.#folder[Symbol.dispose]()
  }
}

/** A program that does not read what it is given may end first. */
function give(pipe: unknown, content: string | Uint8Array): void {
  if (!(pipe instanceof Writable)) throw new Error("the program has no such pipe")
  pipe.on("error", () => undefined)
  pipe.end(content)
}

function collect(pipe: Readable | null): () => string {
  const chunks: Buffer[] = []
  pipe?.on("data", (chunk) => chunks.push(chunk))
  return () => Buffer.concat(chunks).toString("utf8")
}

export interface BatchAnswer {
  readonly ok: boolean
  readonly result?: Record<string, unknown>
  readonly error?: { readonly code: string; readonly message: string; readonly hint: string }
}

export function generate(name: string, algorithm = "aes-256", more: object = {}): object {
  return { cmd: ["key", "generate"], args: { name, algorithm, ...more } }
}
