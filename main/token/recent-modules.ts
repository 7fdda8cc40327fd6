import { readFileSync } from "node:fs"
import { z } from "zod"

/** More than anybody has tokens behind. */
const mostModules = 8
const Paths = z.array(z.string().max(4096)).max(mostModules)

/**
 * Behind which libraries tokens were found, the last first: who looks for a token that is known need not start all of them. Only paths are
 * kept, and no word about tokens.
 */
export class RecentModules {
  readonly #file: string
  readonly #replaceFile: (path: string, bytes: Uint8Array) => void
  #paths: readonly string[] | null = null

  constructor(file: string, replaceFile: (path: string, bytes: Uint8Array) => void) {
    this.#file = file
    this.#replaceFile = replaceFile
  }

  /** Those of the paths behind which there were tokens. */
  among(paths: readonly string[]): string[] {
    return this.#read().filter((path) => paths.includes(path))
  }

  note(path: string): void {
    const before = this.#read()
    if (before[0] === path) return
    this.#paths = [path, ...before.filter((other) => other !== path)].slice(0, mostModules)
    try {
      this.#replaceFile(this.#file, Buffer.from(JSON.stringify(this.#paths, null, 2)))
    } catch {
      // Where nothing can be written, the next program looks longer.
    }
  }

  #read(): readonly string[] {
    this.#paths ??= readPaths(this.#file)
    return this.#paths
  }
}

/** What is not there or can't be read costs time, and nothing else. */
function readPaths(file: string): string[] {
  try {
    return Paths.parse(JSON.parse(readFileSync(file, "utf8")))
  } catch {
    return []
  }
}
