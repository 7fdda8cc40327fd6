import { existsSync, mkdirSync, statSync } from "node:fs"
import { dirname, resolve } from "node:path"
import { syncDirectory } from "../files/replace-file.ts"

/**
 * Makes a folder, mode 0700, and those above it that are missing, and makes each of their names durable. One by one:
 * the recursive way of `mkdirSync` never ends where a folder exists but takes no other, as in /proc.
 */
export function makeDirectory(path: string): void {
  const absolute = resolve(path)
  if (statSync(absolute, { throwIfNoEntry: false })?.isDirectory() === true) return
  const parent = dirname(absolute)
  if (parent !== absolute && !existsSync(parent)) makeDirectory(parent)
  mkdirSync(absolute, { mode: 0o700 })
  syncDirectory(parent)
}
