import { existsSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import type * as Native from "../../native/index.d.ts"

export type { Hardening, MemoryProtection } from "../../native/index.d.ts"

const native = loadAddon()

/** Bytes outside the JavaScript heap; callers want `SecretBox` of secret-box.ts, which speaks of secrets. */
export const NativeSecretBox = native.SecretBox
export type NativeSecretBox = Native.SecretBox

/** Switches off core dumps and debuggers for this process, for good, and says what the system refused. */
export const hardenProcess = native.hardenProcess

/** What the system grants to the pages that hold secrets: tried on a fresh page and on all in use. */
export const memoryProtection = native.memoryProtection

let gc: ((thoroughly: object) => void) | undefined

/**
 * Collects all garbage now: a `KeyObject` nobody holds any more keeps its key until then, and clears it then. As a last
 * resort V8 also moves together what is left and gives the freed pages back: else old numbers and small arrays stay.
 */
export function collectGarbage(): void {
  gc ??= exposedCollector()
  gc({ type: "major", execution: "sync", flavor: "last-resort" })
}

function exposedCollector(): (thoroughly: object) => void {
  setFlagsFromString("--expose-gc")
  // The flag only shows in contexts made after it was set.
  return runInNewContext("gc")
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
