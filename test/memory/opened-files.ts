import { spawnSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { resolve } from "node:path"

const strace = "/usr/bin/strace"

/** Whether `filesOpenedBy` works here. */
export const canTrace = process.platform === "linux" && existsSync(strace)

interface Choices {
  /** Where the trace is written. */
  readonly log: string
  readonly folder: string
  readonly environment: NodeJS.ProcessEnv
  readonly input?: string
}

const opening = /\b(?:openat\(AT_FDCWD, |open\(|creat\()"((?:[^"\\]|\\.)*)"(?:, ([A-Z_|]+))?/
const writing = /O_WRONLY|O_RDWR|O_CREAT|O_TMPFILE/

/**
 * Runs a program to its end and tells which files it opened for writing, or tried to: also those that have no name any
 * more when somebody looks. Devices and /proc are left out, files in /dev/shm are not; memfd_create shows as its name.
 * @throws Error when the program fails
 */
export function filesOpenedBy(command: readonly string[], { log, folder, environment, input = "" }: Choices): string[] {
  const trace = ["-f", "-qq", "--seccomp-bpf", "-e", "trace=open,openat,creat,memfd_create", "-o", log]
  const { status, stderr } = spawnSync(strace, [...trace, ...command], {
    cwd: folder,
    env: environment,
    input,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  })
  if (status !== 0) throw new Error(`${command[0]} ended with ${status}: ${stderr}`)
  const paths = readFileSync(log, "utf8")
    .split("\n")
    .flatMap((line) => pathIn(line, folder))
  return [...new Set(paths)].filter((path) => !/^[/](?:dev[/](?!shm[/])|proc[/])/.test(path))
}

function pathIn(line: string, folder: string): string[] {
  const [, memory] = /memfd_create\("([^"]*)"/.exec(line) ?? []
  if (memory !== undefined) return [`memfd:${memory}`]
  const [, path, flags = "O_WRONLY"] = opening.exec(line) ?? []
  return path === undefined || !writing.test(flags) ? [] : [resolve(folder, path)]
}
