import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import type { Readable } from "node:stream"
import type { StartHost } from "../../../main/domain/module-host.ts"
import { forkHostWith } from "../../../main/token/host-process.ts"

const unshared = ["--mount", "--pid", "--ipc", "--net"]
const newNamespaces = [...unshared, "--fork", "--kill-child", "--mount-proc"]

/** Why daemons can't be started here without others noticing; `null`: they can. */
export function reasonAgainstNamespaces(): string | null {
  if (process.platform !== "linux") return "it needs Linux"
  if (process.getuid?.() !== 0) return "its daemons need root"
  const tried = spawnSync("unshare", [...newNamespaces, "true"], { encoding: "utf8" })
  return tried.status === 0 ? null : "this machine gives it no namespaces of its own"
}

/**
 * A place where daemons have their usual paths, ports and shared memory to themselves. Its first process ends with our end of a pipe, and
 * takes all others with it: nothing is left running, however a test ends.
 */
export class OwnNamespaces implements Disposable {
  readonly #outer: ChildProcess
  readonly #first: string

  private constructor(outer: ChildProcess, first: string) {
    this.#outer = outer
    this.#first = first
  }

  /** @param emptied - folders that are empty in there */
  static async open(...emptied: readonly string[]): Promise<OwnNamespaces> {
    const mounts = emptied.map((folder) => `mkdir -p ${folder} && mount -t tmpfs -o mode=755 none ${folder}`)
    const script = ["set -e", ...mounts, "ip link set lo up", "echo open", "exec cat"].join("\n")
    const outer = spawn("unshare", [...newNamespaces, "sh", "-c", script], { stdio: ["pipe", "pipe", "inherit"] })
    await lineOf(outer.stdout)
    const first = execFileSync("ps", ["-o", "pid=", "--ppid", `${outer.pid}`], { encoding: "utf8" }).trim()
    return new OwnNamespaces(outer, first)
  }

  /** What a program in there says on its standard output. @throws Error with what it says on the other, when it fails or hangs */
  run(program: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): string {
    const [command, ...rest] = this.#entered(program, ...args)
    const env = { ...process.env, ...environment }
    return execFileSync(command, rest, { encoding: "utf8", stdio: "pipe", env, timeout: 60_000 })
  }

  /** Starts a program in there, to which nobody listens: one that waits for a reader of its log would stand still. */
  start(program: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): void {
    const [command, ...rest] = this.#entered(program, ...args)
    spawn(command, rest, { stdio: "ignore", env: { ...process.env, ...environment } })
  }

  /** Runs the processes of libraries in there. */
  startHostWith(environment: Readonly<Record<string, string>> = {}): StartHost {
    const [execPath, ...execArgv] = this.#entered(process.execPath)
    return forkHostWith({ execPath, execArgv, env: { ...process.env, ...environment } })
  }

  /** What enters waits outside for what it started inside, which must not outlive it. */
  #entered(...command: readonly string[]): [string, ...string[]] {
    return ["nsenter", "--target", this.#first, ...unshared, "setpriv", "--pdeathsig", "KILL", ...command]
  }

  [Symbol.dispose](): void {
    this.#outer.kill("SIGKILL")
  }
}

/** The first that a program prints. */
async function lineOf(stream: Readable): Promise<string> {
  const [bytes] = await Promise.race([
    once(stream, "data"),
    once(stream, "end").then(() => {
      throw new Error("it ended before it was ready")
    }),
  ])
  return String(bytes)
}
