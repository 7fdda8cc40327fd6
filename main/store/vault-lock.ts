import { linkSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { z } from "zod"
import { VaultError } from "../domain/vault-error.ts"
import { cleanUp, removeFile } from "../files/remove-file.ts"
import { hasErrorCode } from "../files/system-error.ts"

const Owner = z.strictObject({ pid: z.int().positive(), startedAt: z.string() })
type Owner = z.infer<typeof Owner>

/** In milliseconds. */
const betweenTries = 20

/** Locks that this process has let go of, also where their files could not be removed. */
const givenUp = new Set<string>()

/**
 * The advisory lock of a vault: one program at a time. SQLite's own exclusive lock stands behind it, so that two
 * programs that take over a dead owner's lock in the same instant still do not both get in.
 */
export class VaultLock implements Disposable {
  readonly #path: string

  private constructor(path: string) {
    this.#path = path
  }

  /** @throws `VAULT_BUSY` when its owner is alive */
  static take(path: string): VaultLock {
    const own = `${path}.${process.pid}`
    removeFile(own)
    writeFileSync(own, JSON.stringify(thisProcess()), { mode: 0o600, flag: "wx" })
    try {
      // A link appears with its content at once: nobody ever sees an empty lock.
      for (let tries = 0; tries < 3; tries += 1) {
        if (linked(own, path)) {
          givenUp.delete(path)
          removeAbandoned(path)
          return new VaultLock(path)
        }
        requireDead(path)
        removeFile(path)
      }
    } finally {
      cleanUp(() => removeFile(own))
    }
    throw new VaultError("VAULT_BUSY")
  }

  /** As `take`, but gives another program time to let go of it: `patience` milliseconds. */
  static async takeWithin(path: string, patience: number): Promise<VaultLock> {
    const end = performance.now() + patience
    for (;;) {
      try {
        return VaultLock.take(path)
      } catch (error) {
        const isBusy = error instanceof VaultError && error.code === "VAULT_BUSY"
        if (!isBusy || performance.now() >= end) throw error
      }
      await pause(betweenTries)
    }
  }

  /** Never fails: a lock that can't be removed is as good as a dead owner's, here and, later, elsewhere. */
  [Symbol.dispose](): void {
    givenUp.add(this.#path)
    cleanUp(() => {
      if (ownerOf(this.#path)?.pid === process.pid) removeFile(this.#path)
    })
  }
}

/** Those who were killed on their way to the lock leave a file behind. */
function removeAbandoned(path: string): void {
  const prefix = `${basename(path)}.`
  for (const name of readdirSync(dirname(path))) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : Number.NaN
    if (Number.isSafeInteger(pid) && pid > 0 && !isRunning(pid)) cleanUp(() => removeFile(join(dirname(path), name)))
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (hasErrorCode(error, "EEXIST")) return false
    if (!hasErrorCode(error, "EPERM", "ENOTSUP", "EOPNOTSUPP")) throw error
  }
  // FAT has no links: there an exclusive creation must do.
  try {
    writeFileSync(to, readFileSync(from), { mode: 0o600, flag: "wx" })
    return true
  } catch (error) {
    if (hasErrorCode(error, "EEXIST")) return false
    throw error
  }
}

function requireDead(path: string): void {
  const owner = ownerOf(path)
  const isOurOwn = owner?.pid === process.pid && givenUp.has(path)
  if (owner !== null && !isOurOwn && isAlive(owner))
    throw new VaultError("VAULT_BUSY", `process ${owner.pid} has it open`)
}

function ownerOf(path: string): Owner | null {
  try {
    return Owner.parse(JSON.parse(readFileSync(path, "utf8")))
  } catch {
    return null
  }
}

function thisProcess(): Owner {
  return { pid: process.pid, startedAt: startOf(process.pid) ?? "unknown" }
}

/** A pid is used again one day; with its start time it is one process for ever. */
function isAlive({ pid, startedAt }: Owner): boolean {
  if (!isRunning(pid) || hasEnded(pid)) return false
  const start = startOf(pid)
  return start === null || startedAt === "unknown" || start === startedAt
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return hasErrorCode(error, "EPERM")
  }
}

/** A process that was killed stays in the table until its parent has asked after it, which in a container may be never. */
function hasEnded(pid: number): boolean {
  const state = statOf(pid)?.[0]
  return state === "Z" || state === "X"
}

/** Linux: the fields of /proc/PID/stat from the third on, the state; elsewhere not known. */
function statOf(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
    // The second field is the program's name in parentheses and may hold anything.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")
  } catch {
    return null
  }
}

/** Linux: clock ticks since boot, field 22 of /proc/PID/stat, with the boot's own id; elsewhere not known. */
function startOf(pid: number): string | null {
  const ticks = statOf(pid)?.[19]
  if (ticks === undefined) return null
  try {
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}/${ticks}`
  } catch {
    return null
  }
}
