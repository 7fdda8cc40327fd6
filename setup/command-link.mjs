import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { node24, root } from "./places.mjs"

/**
 * Makes `npx claviger …` and `node_modules/.bin/claviger …` work in the checkout: npm links the commands of
 * dependencies, never the project's own.
 *
 * On POSIX the shell replaces itself by Node.js 24: descriptors, signals and the process id are the caller's own,
 * and an older Node.js costs no start of its own.
 */
export function linkCommand() {
  const launcher = join(root, "main", "cli", "claviger.mjs")
  const link = join(root, "node_modules", ".bin", "claviger")
  writeUnlessSame(link, `#!/bin/sh\nexec ${quoted(node24)} ${quoted(launcher)} "$@"\n`)
  if (process.platform === "win32") writeUnlessSame(`${link}.cmd`, `@"${node24}" "${launcher}" %*\r\n`)
}

function quoted(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

function writeUnlessSame(file, content) {
  if (existsSync(file) && readFileSync(file, "utf8") === content) return
  writeFileSync(file, content, { mode: 0o755 })
}
