// Builds native/ when its sources have changed. Downloads nothing (but on Windows: see nodeHeaders).
import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { accessSync, constants, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { delimiter, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const isWindows = process.platform === "win32"

/**
 * Builds the addon unless it is up to date, and then prints one line.
 * @param {string} root - the folder of package.json
 * @throws {Error} with the command that helps, when a tool is missing or the compiler says no
 */
export function buildNative(root) {
  const native = join(root, "native")
  const stampFile = join(native, "build", "stamp")
  const stamp = stampOf(root)
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return
  refuseIfToolsAreMissing()
  process.stderr.write("Building native/ (once, and again when it changes)\n")
  const nodeGyp = join(root, "node_modules", "node-gyp", "bin", "node-gyp.js")
  const run = spawnSync(nodeOf(root), [nodeGyp, "rebuild", "--silent", ...nodeHeaders(native)], {
    cwd: native,
    encoding: "utf8",
  })
  if (run.status !== 0) {
    throw new Error(`native/ could not be built.\n${run.stdout}${run.stderr}${run.error ?? ""}\n${howToInstallTools()}`)
  }
  writeFileSync(stampFile, stamp)
}

/** What the built file depends on. The Node-API keeps it good for every version of Node.js and Electron. */
function stampOf(root) {
  const native = join(root, "native")
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}\n`)
  const sources = readdirSync(join(native, "src")).sort()
  const files = ["binding.gyp", "gyp/include/node/common.gypi", ...sources.map((name) => join("src", name))]
  const packages = ["node-addon-api", "node-api-headers"].map((name) =>
    join("..", "node_modules", name, "package.json"),
  )
  for (const file of [...files, ...packages]) {
    const bytes = readFileSync(join(native, file))
    hash.update(`${file} ${bytes.length}\n`).update(bytes)
  }
  return hash.digest("hex")
}

/** node-gyp needs a newer Node.js than the one that may be installed; the package `node` brings it. */
function nodeOf(root) {
  const packaged = join(root, "node_modules", "node", "bin", isWindows ? "node.exe" : "node")
  return existsSync(packaged) ? packaged : process.execPath
}

/** Windows links against node.lib, which only Node's own download has. */
function nodeHeaders(native) {
  return isWindows ? [] : [`--nodedir=${join(native, "gyp")}`]
}

function refuseIfToolsAreMissing() {
  if (isWindows) return
  const compiler = process.env.CXX ?? (process.platform === "darwin" ? "c++" : "g++")
  const missing = ["make", process.env.PYTHON ?? "python3", compiler].filter((tool) => !isOnPath(tool))
  if (missing.length > 0)
    throw new Error(`native/ cannot be built without: ${missing.join(", ")}.\n${howToInstallTools()}`)
}

/** @param {string} tool - a name, a path, or a command with arguments, as CXX may be */
function isOnPath(tool) {
  const [name] = tool.split(" ")
  if (name.includes("/")) return isExecutable(name)
  return (process.env.PATH ?? "").split(delimiter).some((folder) => isExecutable(join(folder, name)))
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function howToInstallTools() {
  if (isWindows) return "It needs the Visual Studio Build Tools (C++) and Python 3."
  if (process.platform === "darwin") return "It needs the command line tools: xcode-select --install"
  return "It needs a C++20 compiler, make and Python 3. On Debian: sudo apt-get install -y g++ make python3"
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildNative(dirname(dirname(fileURLToPath(import.meta.url))))
