import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"

let gc: ((thoroughly: object) => void) | undefined

/**
 * Collects all garbage now: a `KeyObject` nobody holds any more keeps its key until then, and clears it then. V8 also moves
 * together what is left and, as a last resort, gives the freed pages back: else old text, numbers and small arrays stay.
 */
export function collectGarbage(): void {
  gc ??= exposedCollector()
  // By itself V8 leaves pages as they are that are nearly full, with what the dead were in between.
  setFlagsFromString("--compact-on-every-full-gc")
  gc({ type: "major", execution: "sync", flavor: "last-resort" })
  setFlagsFromString("--no-compact-on-every-full-gc")
  overwriteYoungGeneration()
  // Another thread still frees the array buffers that were found; the next collection waits for it.
  gc({ type: "minor", execution: "sync" })
}

/** V8 keeps the pages that new objects go to, with what the dead ones were. */
function overwriteYoungGeneration(): void {
  const pages = getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space")?.space_size ?? 0
  const blank = new Array(1000).fill(0)
  // It fills one half after the other; a copy takes 8 bytes an item.
  for (let written = 0; written < 3 * pages; written += blank.length * 8) blank.slice()
}

function exposedCollector(): (thoroughly: object) => void {
  setFlagsFromString("--expose-gc")
  // The flag only shows in contexts made after it was set.
  return runInNewContext("gc")
}
