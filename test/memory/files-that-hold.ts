import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { patternsOf } from "../support/needle-patterns.ts"

export interface Holding {
  readonly file: string
  readonly text: string
  readonly encoding: string
}

/** The files, in folders however deep or named alone, that hold one of the texts in some encoding. */
export function filesThatHold(texts: readonly string[], paths: readonly string[]): Holding[] {
  const patterns = texts.flatMap((text) => patternsOf({ name: text, bytes: Buffer.from(text) }))
  return paths.flatMap(filesIn).flatMap((file) => {
    const content = readFileSync(file)
    return patterns
      .filter(({ bytes }) => content.includes(bytes))
      .map(({ name, encoding }) => ({ file, text: name, encoding }))
  })
}

function filesIn(path: string): string[] {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  const entries = readdirSync(path, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
