import { existsSync, readFileSync } from "node:fs"
import { delimiter, join, relative } from "node:path"
import { node24, root } from "./places.mjs"
import { runStep } from "./run.mjs"

/**
 * Installs what the lock file names, unless it is all there.
 *
 * Install scripts stay off but for two: `node` fetches Node.js 24, `argon2` picks its prebuilt binary.
 */
export async function installPackages() {
  const npm = (title, args) => runStep(title, "npm", args, { cwd: root, env: outsideEnvironment(), shell: isWindows })
  if (!areInstalled()) await npm("installing packages", ["ci", "--ignore-scripts", "--loglevel=error"])
  else if (existsSync(node24)) return
  await npm("installing Node.js 24", ["rebuild", "--loglevel=error", "node", "argon2"])
}

const isWindows = process.platform === "win32"

/** npm keeps its own record of what it installed; a package of another version or hash is a package to install. */
function areInstalled() {
  const record = join(root, "node_modules", ".package-lock.json")
  if (!existsSync(record)) return false
  const installed = packagesOf(record)
  return Object.entries(packagesOf(join(root, "package-lock.json"))).every(([path, wanted]) => {
    // "" is the project itself; optional packages are mostly for other systems.
    if (path === "" || wanted.optional || wanted.devOptional) return true
    return installed[path]?.version === wanted.version && installed[path]?.integrity === wanted.integrity
  })
}

function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, "utf8")).packages
}

/** npm must not run on the Node.js inside node_modules while it replaces that folder. */
function outsideEnvironment() {
  const env = { ...process.env }
  // "Path" on Windows.
  const name = Object.keys(env).find((key) => key.toUpperCase() === "PATH") ?? "PATH"
  const isOutside = (folder) => relative(join(root, "node_modules", ".bin"), folder) !== ""
  env[name] = (env[name] ?? "").split(delimiter).filter(isOutside).join(delimiter)
  return env
}
