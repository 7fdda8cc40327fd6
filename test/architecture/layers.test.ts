import { spawnSync } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { root } from "./source-files.ts"

interface Cruise {
  readonly summary: {
    readonly totalCruised: number
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[]
  }
}

/** Each violation as `rule: file`. */
function cruise(folder: string): { readonly modules: number; readonly violations: readonly string[] } {
  const program = join(root, "node_modules", "dependency-cruiser", "bin", "dependency-cruiser.mjs")
  const args = [program, "--output-type", "json", "main", "preload", "renderer"]
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8", maxBuffer: 2 ** 28 })
  if (stdout === "") throw new Error(stderr)
  const { summary }: Cruise = JSON.parse(stdout)
  return {
    modules: summary.totalCruised,
    violations: summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`),
  }
}

test("every import of main, preload and renderer points the way that the layers allow", () => {
  const { modules, violations } = cruise(root)
  expect(violations).toEqual([])
  // A cruiser that reads no TypeScript finds no violations either.
  expect(modules).toBeGreaterThan(120)
})

/** One violation of each rule: its file, its import, the rule that must find it. */
const planted = [
  ["main/domain/planted.ts", 'import "node:fs"', "domain-is-pure"],
  ["main/domain/planted-upwards.ts", 'import "../crypto/random.ts"', "layer-domain"],
  ["main/crypto/planted.ts", 'import { KeyName } from "../../preload/contract/values.ts"', "takes-only-types"],
  ["main/crypto/planted-upwards.ts", 'import "../store/leftovers.ts"', "layer-crypto"],
  ["main/store/planted.ts", 'import "fast-check"', "library-without-home"],
  ["main/store/planted-upwards.ts", 'import "../use-cases/planted.ts"', "layer-store"],
  ["main/files/planted.ts", 'import "../store/leftovers.ts"', "layer-files"],
  ["main/token/planted.ts", 'import "../store/leftovers.ts"', "layer-token"],
  ["main/use-cases/planted-library.ts", 'import "pkcs11js"', "home-of-pkcs11js"],
  ["main/store/migrations/planted.ts", 'import "../leftovers.ts"', "layer-migrations"],
  ["main/use-cases/planted.ts", 'import "../store/leftovers.ts"', "layer-use-cases"],
  ["main/operations/planted.ts", 'import "../store/leftovers.ts"', "layer-operations"],
  ["main/operations/planted-cycle.ts", 'import "./planted-cycle.ts"', "no-cycle"],
  ["main/platform/planted.ts", 'import "../store/leftovers.ts"', "layer-platform"],
  ["main/cli/planted.ts", 'import "../store/leftovers.ts"', "layer-cli"],
  [
    "main/cli/planted-library.ts",
    'import "better-sqlite3-multiple-ciphers"',
    "home-of-better-sqlite3-multiple-ciphers",
  ],
  ["main/elsewhere/planted.ts", 'import "../domain/secret.ts"', "place-without-layer"],
  ["main/use-cases/planted-nowhere.ts", 'import "./nowhere.ts"', "not-resolvable"],
  ["main/ipc/planted.ts", 'import "../store/leftovers.ts"', "layer-ipc"],
  ["main/app/planted.ts", 'import "../use-cases/planted.ts"', "layer-app"],
  ["main/use-cases/planted-electron.ts", 'import "electron"', "home-of-electron"],
  ["preload/preload.ts", 'import "./contract/values.ts"', "layer-preload"],
  ["renderer/app/planted.tsx", 'import "../../main/domain/secret.ts"', "layer-page"],
  ["renderer/features/planted/planted.tsx", 'import "../../app/theme.ts"', "layer-features"],
  ["renderer/api/planted.ts", 'import { KeyName } from "../../preload/contract/values.ts"', "page-takes-only-types"],
  ["renderer/ui/planted.tsx", 'import "../api/ask.ts"', "layer-page-ui"],
  ["preload/contract/planted.ts", 'import "../../main/domain/secret.ts"', "layer-contract"],
] as const

let copy: string
let found: readonly string[]

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "claviger-layers-"))
  for (const part of ["main", "preload", "renderer", "native/index.d.ts", "tsconfig.json", ".dependency-cruiser.cjs"]) {
    cpSync(join(root, part), join(copy, part), { recursive: true })
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"), "junction")
  for (const [file, line] of planted) {
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    writeFileSync(join(copy, file), `${line}\n`)
  }
  found = cruise(copy).violations
})

afterAll(() => rmSync(copy, { recursive: true, force: true }))

test.for(planted)("%s with %s is found by %s", ([file, , rule]) => {
  expect(found).toContain(`${rule}: ${file}`)
})
