import { join } from "node:path"

/** Calls that change what is stored, or make it durable. */
export const changingCalls = [
  "pwrite64",
  "pwritev",
  "pwritev2",
  "write",
  "fdatasync",
  "fsync",
  "ftruncate",
  "fallocate",
  "unlink",
  "unlinkat",
  "rmdir",
  "rename",
  "renameat",
  "renameat2",
  "link",
  "linkat",
  "mkdir",
  "mkdirat",
  "chmod",
  "fchmod",
  "copy_file_range",
  "sendfile",
] as const

/** With those, everything that tells when a file came to be and when something was reported. */
export const tracedCalls = [...changingCalls, "openat", "writev"] as const

/** A system call of the main thread. */
export interface StorageCall {
  readonly name: string
  /** The how-manieth of its name, from 1: what strace counts by. */
  readonly ordinal: number
  /** Absolute. */
  readonly paths: readonly string[]
  /** Whether it opens a file with O_CREAT. */
  readonly creates: boolean
  readonly text: string
}

/** Reads what `strace -y` wrote of one thread. */
export function parseTrace(log: string): StorageCall[] {
  const counts = new Map<string, number>()
  return log.split("\n").flatMap((text) => {
    const name = /^(\w+)\(/.exec(text)?.[1]
    if (name === undefined) return []
    const ordinal = (counts.get(name) ?? 0) + 1
    counts.set(name, ordinal)
    return [{ name, ordinal, paths: pathsOf(text), creates: text.includes("O_CREAT"), text }]
  })
}

/** Descriptors read `3</path>`, paths `"path"`; a relative one follows the folder it is relative to. */
function pathsOf(text: string): string[] {
  const paths: string[] = []
  let folder = "/"
  for (const [, descriptor, quoted] of text.matchAll(/(?:\d+|AT_FDCWD)<([^>]*)>|"((?:[^"\\]|\\.)*)"/g)) {
    if (descriptor !== undefined) {
      folder = descriptor
      paths.push(descriptor)
    } else if (quoted?.startsWith("/")) paths.push(quoted)
    else if (quoted !== undefined && quoted !== "") paths.push(join(folder, quoted))
  }
  return paths
}

/** The calls that change something below a folder, in their order: the moments at which all can end. */
export function changesBelow(folder: string, calls: readonly StorageCall[]): StorageCall[] {
  return calls.filter(
    ({ name, paths, creates }) =>
      name !== "writev" && (name !== "openat" || creates) && paths.some((path) => path.startsWith(folder)),
  )
}

/** What a call does, without what differs from run to run: `fsync vault.json.new`. */
export function describeCall(folder: string, { name, paths }: StorageCall): string {
  const places = paths
    .filter((path) => path.startsWith(folder))
    .map((path) =>
      path
        .slice(folder.length + 1)
        .replaceAll(/[0-9a-f-]{36}/g, "ID")
        .replaceAll(/lock\.\d+/g, "lock.PID"),
    )
  return `${name} ${[...new Set(places)].join(" ")}`.trim()
}
