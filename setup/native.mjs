// Builds native/ when its sources have changed, and the package that comes without a built file. Downloads nothing (but on Windows: see nodeHeaders).
import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { accessSync, constants, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { delimiter, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const isWindows = process.platform === "win32"

/** Native code: where it is, what names its version, and where its compiler finds the Node-API. */
const addons = [
  {
    name: "native/",
    folder: "native",
    sources: (folder) => [
      "binding.gyp",
      ...readdirSync(join(folder, "src"))
        .sort()
        .map((name) => join("src", name)),
    ],
    packages: ["node-addon-api", "node-api-headers"],
  },
  // It comes as sources alone.
  {
    name: "pkcs11js",
    folder: join("node_modules", "pkcs11js"),
    sources: () => ["package.json"],
    packages: ["node-api-headers"],
  },
]

/**
 * Builds each addon unless it is up to date, and then prints one line.
 * @param {string} root - the folder of package.json
 * @throws {Error} with the command that helps, when a tool is missing or the compiler says no
 */
export function buildNative(root) {
  for (const addon of addons) buildAddon(root, addon)
}

function buildAddon(root, addon) {
  const folder = join(root, addon.folder)
  const stampFile = join(folder, "build", "stamp")
  const stamp = stampOf(root, addon)
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return
  refuseIfToolsAreMissing(addon.name)
  process.stderr.write(`Building ${addon.name} (once, and again when it changes)\n`)
  const nodeGyp = join(root, "node_modules", "node-gyp", "bin", "node-gyp.js")
  const run = spawnSync(nodeOf(root), [nodeGyp, "rebuild", "--silent", ...nodeHeaders(root)], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, CPLUS_INCLUDE_PATH: includePath(root) },
  })
  if (run.status !== 0) {
    const said = `${run.stdout}${run.stderr}${run.error ?? ""}`
    throw new Error(`${addon.name} could not be built.\n${said}\n${howToInstallTools()}`)
  }
  writeFileSync(stampFile, stamp)
}

/** What the built file depends on. The Node-API keeps it good for every version of Node.js and Electron. */
function stampOf(root, { folder, sources, packages }) {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}\n`)
  const files = [
    ...sources(join(root, folder)).map((file) => join(folder, file)),
    join("native", "gyp", "include", "node", "common.gypi"),
    ...packages.map((name) => join("node_modules", name, "package.json")),
  ]
  for (const file of files) {
    const bytes = readFileSync(join(root, file))
    hash.update(`${file} ${bytes.length}\n`).update(bytes)
  }
  return hash.digest("hex")
}

/** By the environment, since what node-gyp itself takes it from is a download; and a flag would split at blanks. */
function includePath(root) {
  const headers = join(root, "node_modules", "node-api-headers", "include")
  return [headers, process.env.CPLUS_INCLUDE_PATH].filter(Boolean).join(delimiter)
}

/** node-gyp needs a newer Node.js than the one that may be installed; the package `node` brings it. */
function nodeOf(root) {
  const packaged = join(root, "node_modules", "node", "bin", isWindows ? "node.exe" : "node")
  return existsSync(packaged) ? packaged : process.execPath
}

/** Windows links against node.lib, which only Node's own download has. */
function nodeHeaders(root) {
  return isWindows ? [] : [`--nodedir=${join(root, "native", "gyp")}`]
}

function refuseIfToolsAreMissing(name) {
  if (isWindows) return
  const compiler = process.env.CXX ?? (process.platform === "darwin" ? "c++" : "g++")
  const missing = ["make", process.env.PYTHON ?? "python3", compiler].filter((tool) => !isOnPath(tool))
  if (missing.length > 0)
    throw new Error(`${name} cannot be built without: ${missing.join(", ")}.\n${howToInstallTools()}`)
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
