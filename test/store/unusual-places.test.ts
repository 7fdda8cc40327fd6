import { execFileSync } from "node:child_process"
import {
  chmodSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { lowMemoryKdf, passphrase, TestVault, temporaryFolder } from "../support/vaults.ts"
import { otherProcess } from "./other-process.ts"

const files = ["vault.json", "vault.json.2", "inventory.db", "vault.lock"]

/** Root may do everything but what it gives up: the files are its own, so what remains are their modes. */
const asOwnerOnly =
  process.getuid?.() === 0 ? ["setpriv", "--bounding-set", "-dac_override,-dac_read_search,-fowner"] : []

let original: TestVault

beforeAll(async () => {
  original = await TestVault.create()
  await original.generate("a key")
  original.lock()
})

afterAll(() => original[Symbol.dispose]())

test.skipIf(process.platform === "win32")("a vault's folder is the owner's alone, and so is every file", async () => {
  using vault = TestVault.copyOf(original)
  await vault.unlock()
  const modes = readdirSync(vault.path).map((name) => [name, statSync(join(vault.path, name)).mode & 0o777])
  expect(modes.filter(([, mode]) => mode !== 0o600)).toEqual([])
  expect(modes.length).toBeGreaterThan(4)
  using other = await TestVault.create()
  expect(statSync(other.path).mode & 0o777).toBe(0o700)
  expect(statSync(join(other.path, "inventory.db")).mode & 0o777).toBe(0o600)
})

const modes = [
  ["the folder may not be written to", 0o500, 0o600],
  ["the files may not be written to", 0o700, 0o400],
  ["the files may not be read", 0o700, 0o000],
  ["the folder may not be entered", 0o000, 0o600],
  ["nothing may be done", 0o000, 0o000],
] as const

test.for(modes)(
  "where %s, opening is refused as the machine's doing, and nothing changes",
  async ([, folder, file]) => {
    using vault = TestVault.copyOf(original)
    const before = files.slice(0, 3).map((name) => readFileSync(join(vault.path, name)))
    for (const name of readdirSync(vault.path)) chmodSync(join(vault.path, name), file)
    chmodSync(vault.path, folder)
    await using other = otherProcess(vault, "unlock", asOwnerOnly)
    expect(await other.hear()).toEqual({
      refused: expect.stringMatching(/IO_ERROR: E(ACCES|PERM)|IO_ERROR: SQLITE/),
      bugs: [],
    })
    chmodSync(vault.path, 0o700)
    expect(files.slice(0, 3).map((name) => readFileSync(join(vault.path, name)))).toEqual(before)
  },
)

test("a vault can't be made in a folder that may not be written to", async () => {
  using vault = new TestVault(temporaryFolder())
  chmodSync(vault.folder, 0o500)
  await using other = otherProcess(vault, "create", asOwnerOnly)
  expect(await other.hear()).toEqual({ refused: expect.stringMatching(/IO_ERROR/), bugs: [] })
  chmodSync(vault.folder, 0o700)
  expect(readdirSync(vault.folder)).toEqual([])
})

const places: readonly (readonly [what: string, make: (path: string) => void, code: string])[] = [
  ["nothing", () => undefined, "NOT_FOUND"],
  ["a file", (path) => writeFileSync(path, "x"), "NOT_FOUND"],
  ["an empty folder", (path) => mkdirSync(path), "NOT_FOUND"],
  ["a pipe", (path) => execFileSync("mkfifo", [path]), "NOT_FOUND"],
  ["a device", (path) => symlinkSync("/dev/zero", path), "NOT_FOUND"],
  ["a link to itself", (path) => symlinkSync(path, path), "IO_ERROR"],
  ["a link to nothing", (path) => symlinkSync(`${path}.gone`, path), "NOT_FOUND"],
]

test.for(places)("%s in the place of a vault is refused", async ([, make, code]) => {
  using vault = new TestVault(temporaryFolder())
  make(vault.path)
  expect(await vault.unlockRefusal()).toMatchObject({ code })
  expect(vault.bugs).toEqual([])
})

const made = places.filter(([what]) => !["nothing", "an empty folder"].includes(what))

test.for(made)("a new vault is not put in the place of %s", async ([, make]) => {
  using vault = new TestVault(temporaryFolder())
  make(vault.path)
  const creation = { path: vault.path, passphrase: passphrase(), kdf: lowMemoryKdf }
  const { code } = await vault.refusal("vault.create", creation)
  expect(["ALREADY_EXISTS", "IO_ERROR"]).toContain(code)
  expect(vault.bugs).toEqual([])
})

const disguises: readonly (readonly [what: string, disguise: (path: string, elsewhere: string) => void])[] = [
  ["a link to a file elsewhere", (path, elsewhere) => moveAndLink(path, elsewhere)],
  ["a link to nothing", (path, elsewhere) => symlinkSync(elsewhere, emptied(path))],
  ["a pipe", (path) => execFileSync("mkfifo", [emptied(path)])],
  ["a folder", (path) => mkdirSync(emptied(path))],
  ["a link to a device", (path) => symlinkSync("/dev/zero", emptied(path))],
]

function emptied(path: string): string {
  rmSync(path, { force: true })
  return path
}

function moveAndLink(path: string, elsewhere: string): void {
  if (existsSync(path)) renameSync(path, elsewhere)
  else writeFileSync(elsewhere, "somebody else's")
  symlinkSync(elsewhere, path)
}

test.for(files.flatMap((file) => disguises.map(([what, disguise]) => [what, file, disguise] as const)))(
  "%s in the place of %s is refused, and nothing is written through it",
  async ([, file, disguise]) => {
    using vault = TestVault.copyOf(original)
    const elsewhere = join(vault.folder, "elsewhere")
    disguise(join(vault.path, file), elsewhere)
    const before = existsSync(elsewhere) ? readFileSync(elsewhere) : null
    expect(await vault.unlockRefusal()).toMatchObject({ code: "VAULT_CORRUPT" })
    expect(existsSync(elsewhere) ? readFileSync(elsewhere) : null).toEqual(before)
    expect(vault.bugs).toEqual([])
  },
)

test("a vault reached through a link to its folder is the same vault", async () => {
  using vault = TestVault.copyOf(original)
  await using other = otherProcess(vault, "unlock")
  await other.hear()
  const path = join(vault.folder, "linked.claviger")
  symlinkSync(vault.path, path)
  expect(await vault.refusal("vault.unlock", { path, passphrase: passphrase() })).toMatchObject({ code: "VAULT_BUSY" })
})

test("a database that is open elsewhere under a second name is busy", async () => {
  using vault = TestVault.copyOf(original)
  await using other = otherProcess(vault, "unlock")
  await other.hear()
  const path = join(vault.folder, "second.claviger")
  mkdirSync(path)
  for (const name of ["vault.json", "vault.json.2"]) cpSync(join(vault.path, name), join(path, name))
  linkSync(join(vault.path, "inventory.db"), join(path, "inventory.db"))
  expect(await vault.refusal("vault.unlock", { path, passphrase: passphrase() })).toMatchObject({ code: "VAULT_BUSY" })
})

test("a folder that is deleted while its vault is open leaves no vault, no crash, and no new half of one", async () => {
  using vault = TestVault.copyOf(original)
  await vault.unlock()
  rmSync(vault.path, { recursive: true })
  await vault.claviger.dispatch("key.generate", { name: "late", algorithm: "aes-256", purpose: "encryption" })
  await vault.claviger.dispatch("vault.passwd", { newPassphrase: passphrase("new") })
  vault.lock()
  expect(existsSync(vault.path)).toBe(false)
  expect(await vault.unlockRefusal()).toMatchObject({ code: "NOT_FOUND" })
  expect(vault.bugs).toEqual([])
})

test("a vault that was replaced while it was open is not written into", async () => {
  using vault = TestVault.copyOf(original)
  await vault.unlock()
  const moved = `${vault.path}.moved`
  renameSync(vault.path, moved)
  cpSync(original.path, vault.path, { recursive: true })
  const before = files.slice(0, 3).map((name) => readFileSync(join(vault.path, name)))
  await vault.claviger.dispatch("key.generate", { name: "late", algorithm: "aes-256", purpose: "encryption" })
  vault.lock()
  expect(files.slice(0, 3).map((name) => readFileSync(join(vault.path, name)))).toEqual(before)
  expect(vault.bugs).toEqual([])
})
