import { execFileSync } from "node:child_process"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { createRequire, isBuiltin } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { extractAll, extractFile, listPackage } from "@electron/asar"
import { FuseState, FuseV1Options, getCurrentFuseWire } from "@electron/fuses"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { root } from "../architecture/source-files.ts"
import { makeStubDistribution } from "./stub-distribution.ts"

let folder: string
let packed: string
let asar: string
let files: readonly string[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "claviger-package-"))
  const stub = join(folder, "electron")
  await makeStubDistribution(stub)
  const program = join(root, "node_modules", "electron-builder", "cli.js")
  const settings = [`-c.electronDist=${stub}`, `-c.directories.output=${join(folder, "out")}`]
  execFileSync(process.execPath, [program, "--linux", "--dir", "--x64", ...settings], { cwd: root, stdio: "pipe" })
  packed = join(folder, "out", "linux-unpacked")
  asar = join(packed, "resources", "app.asar")
  files = listPackage(asar, { isPack: false }).filter((path) => !isFolder(path))
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function isFolder(path: string): boolean {
  return listPackage(asar, { isPack: false }).some((other) => other.startsWith(`${path}/`))
}

const inPackage = (pattern: RegExp) => files.filter((path) => pattern.test(path))
const built = (part: string, pattern: RegExp) =>
  readdirSync(join(root, "dist", part), { recursive: true, encoding: "utf8" })
    .filter((name) => pattern.test(name))
    .map((name) => `/dist/${part}/${name}`)

describe("the package", () => {
  test("holds all that is built, and no maps", () => {
    expect(inPackage(/^\/dist\/app\//)).toEqual(expect.arrayContaining(built("app", /[.]js$/)))
    expect(inPackage(/^\/dist\/renderer\//)).toEqual(expect.arrayContaining(built("renderer", /[.](js|css|html|svg)$/)))
    expect(inPackage(/^\/dist\/preload\//)).toEqual(["/dist/preload/preload.cjs"])
    expect(inPackage(/[.]map$/)).toEqual([])
  })

  test("holds nothing else of ours", () => {
    const others = files.filter((path) => !/^\/(dist\/(app|renderer|preload)|node_modules|native)\//.test(path))
    expect(new Set(others)).toEqual(new Set(["/LICENSE", "/package.json"]))
    expect(new Set(inPackage(/^\/native\//))).toEqual(
      new Set(["/native/build/Release/claviger.node", "/native/index.cjs"]),
    )
  })

  test("holds of packages those that are loaded as files, and no tool of a developer", () => {
    const packages = new Set(
      inPackage(/^\/node_modules\//).map((path) => /^\/node_modules\/((@[^/]+\/)?[^/]+)/.exec(path)?.[1]),
    )
    expect(packages).toEqual(
      new Set([
        "@node-usb/usb-linux-x64-gnu",
        "@phc/format",
        "argon2",
        "better-sqlite3-multiple-ciphers",
        "node-gyp-build",
        "openpgp",
        "pkcs11js",
        "usb",
      ]),
    )
  })

  test("has the native code of one system only, and outside of the archive", () => {
    const native = inPackage(/[.]node$/)
    expect(native.every((path) => existsSync(join(packed, "resources", "app.asar.unpacked", path)))).toBe(true)
    expect(native.filter((path) => /darwin|win32|arm|freebsd/.test(path))).toEqual([])
    expect(native.length).toBeGreaterThanOrEqual(5)
  })

  test("has what the processes of PKCS#11 libraries start with", () => {
    expect(files).toContain("/dist/app/token-host.js")
  })

  test("starts with the app", () => {
    const { main } = JSON.parse(extractFile(asar, "package.json").toString())
    expect(files).toContain(`/${main}`)
  })

  test("has every module that the main process may load", () => {
    const external = /(?:import\(|from |import )"([^".][^"]*)"/g
    const sources = inPackage(/^\/dist\/app\/.*[.]js$/).map((path) => extractFile(asar, path.slice(1)).toString())
    const wanted = new Set(sources.flatMap((source) => [...source.matchAll(external)].map(([, name]) => name)))
    const missing = [...wanted].filter(
      (name) =>
        name !== undefined &&
        name !== "electron" &&
        !isBuiltin(name) &&
        inPackage(new RegExp(`^/node_modules/${name}(/|$)`)).length === 0,
    )
    expect(missing).toEqual([])
  })
})

test("what is in the package is enough for the packages in it to load", () => {
  const unpacked = join(folder, "alone")
  extractAll(asar, unpacked)
  const require = createRequire(join(unpacked, "package.json"))
  for (const name of ["argon2", "better-sqlite3-multiple-ciphers", "pkcs11js", "usb/index.js", "./native/index.cjs"])
    expect(require(name)).toBeTruthy()
})

test("the fuses are set as security wants them", async () => {
  const wire = await getCurrentFuseWire(join(packed, "claviger"))
  const stateOf = (option: FuseV1Options) => (wire[option] === FuseState.ENABLE ? "on" : "off")
  expect({
    runAsNode: stateOf(FuseV1Options.RunAsNode),
    cookieEncryption: stateOf(FuseV1Options.EnableCookieEncryption),
    nodeOptions: stateOf(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    inspectArguments: stateOf(FuseV1Options.EnableNodeCliInspectArguments),
    asarIntegrity: stateOf(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    onlyFromAsar: stateOf(FuseV1Options.OnlyLoadAppFromAsar),
    fileProtocol: stateOf(FuseV1Options.GrantFileProtocolExtraPrivileges),
  }).toEqual({
    runAsNode: "off",
    cookieEncryption: "on",
    nodeOptions: "off",
    inspectArguments: "off",
    asarIntegrity: "on",
    onlyFromAsar: "on",
    fileProtocol: "off",
  })
})

test("the settings ask for a hardened runtime, and publish nothing", () => {
  const settings = readFileSync(join(root, "electron-builder.yml"), "utf8")
  expect(settings).toMatch(/^ {2}hardenedRuntime: true$/m)
  expect(settings).toMatch(/^publish: null$/m)
})

test("on macOS the processes beside the main one may load a vendor's library, and the main one may not", () => {
  const settings = readFileSync(join(root, "electron-builder.yml"), "utf8")
  const entitled = (setting: string) => {
    const [, file = ""] = new RegExp(`^ {2}${setting}: (\\S+)$`, "m").exec(settings) ?? []
    return readFileSync(join(root, file), "utf8")
  }
  const foreignLibraries = "com.apple.security.cs.disable-library-validation"
  expect(entitled("entitlementsInherit")).toContain(foreignLibraries)
  expect(entitled("entitlements")).not.toContain(foreignLibraries)
})
