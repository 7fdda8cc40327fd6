import { execFile } from "node:child_process"
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
} from "node:fs"
import { join } from "node:path"
import { setImmediate } from "node:timers/promises"
import { promisify } from "node:util"
import { type Run, runsInUse } from "./memory-map.ts"
import { type Encoding, type Needle, patternsOf } from "./needle-patterns.ts"
import { PatternSearch } from "./pattern-search.ts"

export interface Hit {
  readonly name: string
  readonly encoding: Encoding
  /** A core dump leaves out what MADV_DONTDUMP hides; /proc/PID/mem shows all: either alone could pass for the wrong reason. */
  readonly via: "gcore" | "mem"
  /** The first place: an address in memory, or an offset in the core file. */
  readonly at: string
}

/** On a disk, also where temporary files are kept in memory (hier(7)). */
const roomyFolder = "/var/tmp"

/** Why no memory can be scanned here; `null` if it can: `test.skipIf(cannotScan !== null)`. */
export const cannotScan: string | null =
  process.platform !== "linux"
    ? "only Linux shows memory as files"
    : process.getuid?.() !== 0
      ? "only root may read the memory of a process that forbids it"
      : existsSync("/usr/bin/gcore")
        ? null
        : "gcore is missing: apt-get install -y gdb"

/**
 * Looks for secrets, in every encoding, in all memory of a running process, both in a core dump and in /proc/PID/mem.
 * The process is stopped meanwhile, a few seconds; its core dump takes about 1.5 GB of disk. One hit per needle, encoding and way; none is `[]`.
 */
export async function scanProcess(pid: number, needles: readonly Needle[]): Promise<Hit[]> {
  if (pid === process.pid) throw new Error("A process cannot scan itself: it holds the needles")
  const search = new PatternSearch(needles.flatMap(patternsOf))
  // In this order: the debugger touches every page there could be, which then counts as being in use.
  const inMemory = await scanMemory(pid, search)
  return [...inMemory, ...(await scanCoreDump(pid, search))]
}

/** The half of `scanProcess` that is quick, for a process that is scanned more than once; a core dump makes it slow. */
export async function scanLiveMemory(pid: number, needles: readonly Needle[]): Promise<Hit[]> {
  return await scanMemory(pid, new PatternSearch(needles.flatMap(patternsOf)))
}

async function scanCoreDump(pid: number, search: PatternSearch): Promise<Hit[]> {
  const folder = mkdtempSync(join(roomyFolder, "claviger-core-"))
  try {
    await promisify(execFile)("gcore", ["-o", join(folder, "core"), String(pid)])
    const file = join(folder, `core.${pid}`)
    return scanFile(file, [{ from: 0, to: statSync(file).size }], search, "gcore")
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function scanMemory(pid: number, search: PatternSearch): Promise<Hit[]> {
  process.kill(pid, "SIGSTOP")
  try {
    while (!isStopped(pid)) await setImmediate()
    return scanFile(`/proc/${pid}/mem`, runsInUse(pid), search, "mem")
  } finally {
    process.kill(pid, "SIGCONT")
  }
}

/** proc_pid_stat(5): the state follows the name, which is in brackets and may hold anything. */
function isStopped(pid: number): boolean {
  return readdirSync(`/proc/${pid}/task`).every((thread) =>
    /\) [Tt] [^)]*$/.test(readFileSync(`/proc/${pid}/task/${thread}/stat`, "utf8")),
  )
}

function scanFile(path: string, runs: readonly Run[], search: PatternSearch, via: Hit["via"]): Hit[] {
  const hits = new Map<string, Hit>()
  const file = openSync(path, "r")
  try {
    for (const { from, to } of runs) {
      search.search(
        (buffer, offset, length, position) => readSync(file, buffer, offset, length, position),
        from,
        to,
        ({ name, encoding }, position) => {
          const key = `${name} ${encoding}`
          if (!hits.has(key)) hits.set(key, { name, encoding, via, at: `0x${position.toString(16)}` })
        },
      )
    }
  } finally {
    closeSync(file)
  }
  return [...hits.values()]
}
