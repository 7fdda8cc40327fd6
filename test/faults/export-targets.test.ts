import { execFileSync } from "node:child_process"
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { ClavigerHome, generate } from "../support/run-claviger.ts"
import { cannotMount, SmallDisk } from "../support/small-disk.ts"
import { temporaryFolder } from "../support/temporary-folder.ts"
import { TestVault } from "../support/vaults.ts"

let home: ClavigerHome
let vault: TestVault
let folder: ReturnType<typeof temporaryFolder>

beforeAll(async () => {
  home = await ClavigerHome.withVault()
  await home.batch([generate("signer", "ed25519", { purpose: "signature", exportable: "yes" })])
  home.write("out-passphrase", "of the export\n")
  vault = await TestVault.create()
  await vault.generate("app")
})
afterAll(() => {
  home[Symbol.dispose]()
  vault[Symbol.dispose]()
})
beforeEach(() => {
  folder = temporaryFolder()
  // Everybody may look into it, as into /tmp.
  chmodSync(folder.path, 0o755)
  return () => folder[Symbol.dispose]()
})

/** Something that writes a file. @returns the code of its failure, or `null` */
type Writer = (out: string, force: boolean) => Promise<string | null>

const dispatched = async (
  name: "audit.export" | "vault.backup",
  out: string,
  force: boolean,
): Promise<string | null> => {
  const reply = await vault.claviger.dispatch(name, { out, force })
  return reply.ok ? null : reply.error.code
}

const keyExport: Writer = async (out, force) => {
  const words = [
    "key",
    "export",
    "signer",
    "--format",
    "pkcs8-encrypted",
    "--out-passphrase-file",
    home.file("out-passphrase"),
  ]
  const { status, document } = await home.json([...words, "--out", out, ...(force ? ["--force"] : [])])
  return status === 0 ? null : String(Object(document["error"])["code"])
}

const writers: readonly (readonly [string, Writer])[] = [
  ["audit export", (out, force) => dispatched("audit.export", out, force)],
  ["vault backup", (out, force) => dispatched("vault.backup", out, force)],
  ["key export", keyExport],
]

describe.for(writers)("%s", ([, write]) => {
  test("makes a file that only its owner reads, also in a folder that all may read", async () => {
    expect(await write(folder.file("out"), false)).toBeNull()
    expect(statSync(folder.file("out")).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder.path)).toEqual(["out"])
  })

  test("leaves what is there as it is, unless it is to be replaced, and then by a file of its own", async () => {
    writeFileSync(folder.file("out"), "before", { mode: 0o666 })
    expect(await write(folder.file("out"), false)).toBe("ALREADY_EXISTS")
    expect(readFileSync(folder.file("out"), "utf8")).toBe("before")
    expect(await write(folder.file("out"), true)).toBeNull()
    expect(statSync(folder.file("out")).mode & 0o777).toBe(0o600)
    expect(statSync(folder.file("out")).size).toBeGreaterThan(100)
    expect(readdirSync(folder.path)).toEqual(["out"])
  })

  test.for(["target", "nowhere"])("never follows a link, here to %s", async (to) => {
    writeFileSync(folder.file("target"), "untouched")
    symlinkSync(folder.file(to), folder.file("out"))
    expect(await write(folder.file("out"), false)).toBe("ALREADY_EXISTS")
    expect(await write(folder.file("out"), true)).toBeNull()
    expect(lstatSync(folder.file("out")).isSymbolicLink()).toBe(false)
    expect(readFileSync(folder.file("target"), "utf8")).toBe("untouched")
    expect(existsSync(folder.file("nowhere"))).toBe(false)
  })

  test("never follows a link that lies in wait under the name of its temporary file", async () => {
    writeFileSync(folder.file("target"), "untouched")
    for (const name of ["out.partial", "out.partial.db", ".out.part"])
      symlinkSync(folder.file("target"), folder.file(name))
    expect(await write(folder.file("out"), false)).toBeNull()
    expect(readFileSync(folder.file("target"), "utf8")).toBe("untouched")
    expect(statSync(folder.file("out")).mode & 0o777).toBe(0o600)
  })

  test("never replaces a device or a pipe", async () => {
    execFileSync("mkfifo", [folder.file("pipe")])
    for (const out of [folder.file("pipe"), "/dev/null"]) {
      expect(await write(out, false)).toBe("ALREADY_EXISTS")
      expect(await write(out, true)).toBe("IO_ERROR")
    }
    expect(lstatSync(folder.file("pipe")).isFIFO()).toBe(true)
    expect(lstatSync("/dev/null").isCharacterDevice()).toBe(true)
  })

  test("touches no file beside its own", async () => {
    for (const name of ["out.partial", "out.partial.db", "out.new"]) writeFileSync(folder.file(name), "precious")
    expect(await write(folder.file("out"), false)).toBeNull()
    expect(readdirSync(folder.path)).toEqual(["out", "out.new", "out.partial", "out.partial.db"])
    expect(readFileSync(folder.file("out.partial"), "utf8")).toBe("precious")
  })

  test("says what is wrong with a folder that is not there, and with a folder in the file's place", async () => {
    mkdirSync(folder.file("folder"))
    expect(await write(join(folder.path, "missing", "out"), false)).toBe("IO_ERROR")
    expect(await write(join(folder.file("folder"), "sub", "..", "..", "missing", "out"), true)).toBe("IO_ERROR")
    expect(readdirSync(folder.path)).toEqual(["folder"])
  })

  // Skipped where nothing can be mounted, for example in an unprivileged container.
  test.skipIf(cannotMount !== null)("leaves nothing on a disk that may only be read", async () => {
    using disk = new SmallDisk("64k")
    disk.makeReadOnly()
    expect(await write(join(disk.path, "out"), false)).toBe("IO_ERROR")
    expect(readdirSync(disk.path)).toEqual([])
  })

  test.skipIf(cannotMount !== null).for([0, 512])(
    "leaves nothing on a disk with no more than %i bytes",
    async (leaving) => {
      using disk = new SmallDisk("64k")
      disk.fill(leaving)
      expect(await write(join(disk.path, "out"), false)).toBe("DISK_FULL")
      expect(readdirSync(disk.path)).toEqual(["ballast"])
    },
  )
})

test.skipIf(cannotMount !== null)(
  "a backup that runs out of space half-way leaves nothing and is not recorded",
  async () => {
    using disk = new SmallDisk("256k")
    const { backups } = await vault.ask("vault.backups", {})
    expect(await dispatched("vault.backup", join(disk.path, "out"), false)).toBe("DISK_FULL")
    expect(readdirSync(disk.path)).toEqual([])
    expect((await vault.ask("vault.backups", {})).backups).toEqual(backups)
  },
)

test.skipIf(cannotMount !== null)("shares of a seed that do not all find room are not written at all", async () => {
  using disk = new SmallDisk("8k")
  await home.done("seed generate savings")
  const split = ["seed", "split", "savings", "--scheme", "2of3", "--yes", "--out-dir", disk.path]
  expect(await home.json(split)).toMatchObject({ status: 8, document: { error: { code: "DISK_FULL" } } })
  expect(readdirSync(disk.path)).toEqual([])
  disk.growTo("64k")
  await home.done(split)
  expect(readdirSync(disk.path)).toHaveLength(3)
})
