import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { node24, root } from "./places.mjs"

const folder = join(root, "node_modules", "electron")
const names = { darwin: "Electron.app/Contents/MacOS/Electron", win32: "electron.exe" }
const binary = join(folder, "dist", names[process.platform] ?? "electron")
const patienceMs = 120_000

/**
 * Electron's binary, downloaded at the first start where its release site can be reached.
 * @returns its path, or `null` where it is not to be had
 */
export async function obtainElectron() {
  if (existsSync(binary)) return binary
  if (process.env.ELECTRON_SKIP_BINARY_DOWNLOAD || hasFailedBefore()) return null
  console.error("▸ downloading Electron (once)")
  spawnSync(node24, [join(folder, "install.js")], { cwd: root, stdio: "ignore", timeout: patienceMs })
  if (existsSync(binary)) return binary
  noteFailure()
  return null
}

/** A network that refuses is not asked again at each start: only for another version, or after a clean build. */
function hasFailedBefore() {
  return existsSync(noteFile()) && readFileSync(noteFile(), "utf8") === version()
}

function noteFailure() {
  mkdirSync(dirname(noteFile()), { recursive: true })
  writeFileSync(noteFile(), version())
}

function noteFile() {
  return join(root, "dist", ".no-electron")
}

function version() {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version
}
