import { existsSync, readFileSync } from "node:fs"
import inspector from "node:inspector"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import type * as Native from "../../native/index.d.ts"

export type { Hardening, MemoryProtection } from "../../native/index.d.ts"

const native = loadAddon()

/** Bytes outside the JavaScript heap; callers want `SecretBox` of secret-box.ts, which speaks of secrets. */
export const NativeSecretBox = native.SecretBox
export type NativeSecretBox = Native.SecretBox

/**
 * Switches off core dumps and debuggers for this process, for good, and says what the system refused. Node.js's own debugger,
 * which may have been opened before, is closed.
 */
export function hardenProcess(): Native.Hardening {
  const hardening = native.hardenProcess()
  if (inspector.url() !== undefined) inspector.close()
  return hardening
}

/** What the system grants to the pages that hold secrets: tried on a fresh page and on all in use. */
export const memoryProtection = native.memoryProtection

/** All that the system does for secrets in memory, as `vault.info` and About tell it. */
export function protection(): Native.MemoryProtection & { coreDumps: string; debugger: string } {
  const { coreDumps, debugger: debuggers } = hardenProcess()
  return { ...memoryProtection(), coreDumps, debugger: debuggers }
}

/** Collects garbage, and overwrites what libraries freed, and left on stacks, as it was. Takes 50 to 150 ms. */
export async function wipeLeftovers(): Promise<void> {
  // Most programs end without it, and what it needs of Node.js takes a while to load.
  const { collectGarbage } = await import("./garbage.ts")
  collectGarbage()
  const didAllWipe = await native.wipeLeftovers(poolThreads())
  // A thread may have been busy.
  if (!didAllWipe) await native.wipeLeftovers(poolThreads())
}

/** As libuv reads it: threads of its pool, 4 unless told, at most 1024. */
function poolThreads(): number {
  const { UV_THREADPOOL_SIZE: told } = process.env
  return told === undefined ? 4 : Math.min(Math.max(Number.parseInt(told, 10) || 1, 1), 1024)
}

function loadAddon(): typeof Native {
  const file = join(projectRoot(dirname(fileURLToPath(import.meta.url))), "native", "index.cjs")
  try {
    return createRequire(import.meta.url)(file)
  } catch (cause) {
    throw new Error("The addon that protects secrets in memory is not built for this system: node setup/native.mjs", {
      cause,
    })
  }
}

/** The same folder from source (main/platform) and from the bundles (dist/main), however deep they lie. */
function projectRoot(folder: string): string {
  const file = join(folder, "package.json")
  if (existsSync(file) && JSON.parse(readFileSync(file, "utf8")).name === "claviger") return folder
  const parent = dirname(folder)
  if (parent === folder) throw new Error("No package.json of claviger above this program")
  return projectRoot(parent)
}
