import { appendFileSync, mkdirSync } from "node:fs"
import { dirname } from "node:path"
import type { ReportBug } from "../operations/to-failure.ts"

/**
 * Writes bugs to a file under their reference: kind and place, never the message, which may repeat what was typed.
 * @param path - grows only when there is a bug
 */
export function bugLog(path: string): ReportBug {
  return (reference, error) => {
    const place = error instanceof Error ? placesIn(error) : []
    const line = JSON.stringify({ at: new Date().toISOString(), reference, kind: kindOf(error), place })
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      appendFileSync(path, `${line}\n`, { mode: 0o600 })
    } catch {
      // Nowhere to write to; the person still has the reference.
      return
    }
  }
}

function kindOf(error: unknown): string {
  return error instanceof Error ? error.constructor.name : typeof error
}

function placesIn({ stack = "" }: Error): string[] {
  const places = stack.split("\n").filter((line) => /^\s+at /.test(line))
  return places.slice(0, 10).map((line) => line.trim())
}
