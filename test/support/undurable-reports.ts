import { dirname } from "node:path"
import type { StorageCall } from "./storage-trace.ts"

/** Files whose loss costs nothing: a lock is of this moment, the index of a log is made anew, a left-over is removed. */
const passing = /(\/vault\.lock(\.\d+)?|-shm|-journal|\/inventory\.db\.snapshot|\.partial\.db|\.partial\.db-wal)$/

/**
 * Follows what a power cut would take: content of files that were written and not synced, and names that were made in
 * a folder that was not synced. @returns each report that was made while there was any, with what it was
 */
export function undurableReports(folder: string, calls: readonly StorageCall[]): string[] {
  const contents = new Set<string>()
  const names = new Set<string>()
  const flaws: string[] = []
  for (const call of calls) {
    const paths = call.paths.filter((path) => path.startsWith(folder))
    const path = paths.at(-1)
    if (call.name === "writev") {
      const left = [...contents, ...names].filter((each) => !passing.test(each))
      if (left.length > 0) flaws.push(`reported before these were durable: ${left}`)
    } else if (path !== undefined) follow(call, path, paths, contents, names, flaws)
  }
  return flaws
}

function follow(
  { name, creates, text }: StorageCall,
  path: string,
  paths: readonly string[],
  contents: Set<string>,
  names: Set<string>,
  flaws: string[],
): void {
  if (/ = -1 /.test(text)) return
  if (/^(fsync|fdatasync)$/.test(name)) {
    contents.delete(path)
    for (const each of names) if (dirname(each) === path) names.delete(each)
  } else if (/^(pwrite|write|ftruncate|fallocate)/.test(name)) contents.add(path)
  else if (/^(link|mkdir)/.test(name) || creates) names.add(path)
  else if (/^(unlink|rmdir)/.test(name)) {
    contents.delete(path)
    names.delete(path)
  } else if (name.startsWith("rename")) {
    const [from = ""] = paths
    for (const each of [...contents].filter((dirty) => dirty === from || dirty.startsWith(`${from}/`))) {
      flaws.push(`${each} was renamed before its content was durable`)
      contents.delete(each)
    }
    for (const each of [...names].filter((made) => made === from || made.startsWith(`${from}/`))) {
      names.delete(each)
      // A name inside a folder that is renamed stays a name that is not durable.
      if (each !== from) names.add(path + each.slice(from.length))
    }
    names.add(path)
  }
}
