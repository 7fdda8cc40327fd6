import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, readFileSync, rmSync } from "node:fs"
import { createInterface } from "node:readline"
import { parseTrace, type StorageCall, tracedCalls } from "./storage-trace.ts"

/** Why programs can't be traced here; `null` if they can: `test.skipIf(cannotTrace !== null)`. */
export const cannotTrace: string | null =
  process.platform !== "linux"
    ? "only Linux has strace"
    : !existsSync("/usr/bin/strace")
      ? "strace is missing: apt-get install -y strace"
      : process.getuid?.() !== 0
        ? "only root may trace a process that forbids it"
        : null

/** What a driven program did before it ended, or was ended. */
export interface Run {
  /** Steps that it reported as done. */
  readonly done: readonly string[]
  /** `STEP: CODE detail` of what it reported as failed. */
  readonly failed: readonly string[]
  /** Whether it came to its end by itself. */
  readonly isClosed: boolean
  readonly signal: NodeJS.Signals | null
  readonly status: number | null
  readonly calls: readonly StorageCall[]
  readonly stderr: string
}

interface Wishes {
  readonly driver: string
  readonly folder: string
  readonly scenario: string
  /** Options of strace that make something go wrong. Without them calls are only written down. */
  readonly faults?: readonly string[]
  /** Each failed step is tried a second time in the same process. */
  readonly again?: boolean
}

/**
 * Lets the driver carry out a scenario under strace, which comes to it when it is ready: calls count from there, and
 * only those of the main thread, which does all of the vault's storage.
 */
export async function drive({ driver, folder, scenario, faults = [], again = false }: Wishes): Promise<Run> {
  const words = [driver, folder, scenario, ...(again ? ["again"] : [])]
  const program = spawn(process.execPath, words, { stdio: ["pipe", "pipe", "pipe"] })
  const ended = once(program, "close")
  const errors = collect(program.stderr)
  const lines: string[] = []
  const isReady = new Promise<void>((resolve, reject) => {
    createInterface({ input: program.stdout }).on("line", (line) => (line === "ready" ? resolve() : lines.push(line)))
    ended.then(() => reject(new Error(`${scenario} ended before it was ready: ${errors.text}`)), reject)
  })
  await isReady
  const log = `${folder}.strace`
  const strace = spawn("strace", [
    "-p",
    String(program.pid),
    "-y",
    "-s",
    "0",
    "-o",
    log,
    "-e",
    `trace=${tracedCalls}`,
    ...faults,
  ])
  const straceEnded = once(strace, "close")
  await isAttached(strace)
  program.stdin.write("go\n")
  const [status, signal] = await ended
  await straceEnded
  const calls = parseTrace(readFileSync(log, "utf8"))
  rmSync(log)
  const told = (kind: string): string[] =>
    lines.filter((line) => line.startsWith(kind)).map((line) => line.slice(kind.length))
  return {
    done: told("done "),
    failed: told("failed "),
    isClosed: lines.includes("closed"),
    signal,
    status,
    calls,
    stderr: errors.text,
  }
}

function isAttached(strace: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const said: string[] = []
    strace.stderr?.on("data", (chunk) => {
      said.push(String(chunk))
      if (said.join("").includes("attached")) resolve()
    })
    strace.on("close", () => reject(new Error(`strace did not attach: ${said.join("")}`)))
  })
}

function collect(stream: NodeJS.ReadableStream): { text: string } {
  const collected = { text: "" }
  stream.on("data", (chunk) => {
    collected.text += String(chunk)
  })
  return collected
}
