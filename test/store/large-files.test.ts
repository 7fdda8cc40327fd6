import { closeSync, existsSync, openSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setImmediate } from "node:timers/promises"
import { afterAll, beforeAll, expect, test } from "vitest"
import { removeLargeFile } from "../../main/files/remove-file.ts"
import { LargeFile } from "../../main/files/replace-file.ts"
import { editDatabase, internalsOf } from "../support/vault-internals.ts"
import { passphrase, TestVault, temporaryFolder } from "../support/vaults.ts"

const mebibyte = 1024 * 1024

/** A vault that is removed, synced and copied as a large one is; locked. */
let original: TestVault

beforeAll(async () => {
  original = await TestVault.create()
  await original.generate("one")
  original.lock()
  editDatabase(await internalsOf(original.path), (db) =>
    db.exec(`INSERT INTO settings (name, value) VALUES ('ballast', hex(randomblob(${5 * mebibyte})))`),
  )
})

afterAll(() => original[Symbol.dispose]())

async function opened(): Promise<TestVault> {
  const vault = TestVault.copyOf(original)
  await vault.unlock()
  return vault
}

const files = (vault: TestVault): Set<string> =>
  new Set(readdirSync(vault.folder, { recursive: true, encoding: "utf8" }))

test.for([0, mebibyte, 64 * mebibyte])("a file of %d bytes is removed, by one of several at once", async (size) => {
  const path = join(temporaryFolder(), "file")
  writeFileSync(path, "")
  truncateSync(path, size)
  await Promise.all([removeLargeFile(path), removeLargeFile(path), removeLargeFile(path)])
  expect(existsSync(path)).toBe(false)
  await removeLargeFile(path)
})

test("a large file is written whole, in parts of any size", async () => {
  const path = join(temporaryFolder(), "file")
  const parts = [1, 3 * mebibyte, 2 * mebibyte, 0, 5 * mebibyte, 7].map((size, index) => Buffer.alloc(size, index + 1))
  const file = openSync(path, "wx")
  const large = new LargeFile(file)
  for (const part of parts) await large.write(part)
  large.sync()
  closeSync(file)
  expect(readFileSync(path).equals(Buffer.concat(parts))).toBe(true)
})

// What can be written to and not synced is rare, and named so on Linux only.
test.runIf(process.platform === "linux")("what can't be made durable as it grows is a failure", async () => {
  const file = openSync("/dev/null", "w")
  const large = new LargeFile(file)
  await large.write(Buffer.alloc(mebibyte))
  await expect(large.write(Buffer.alloc(4 * mebibyte))).rejects.toMatchObject({ code: "EINVAL" })
  closeSync(file)
})

test("a backup of a large vault leaves itself behind and nothing else, and restores", async () => {
  using vault = await opened()
  const before = files(vault)
  const backup = join(vault.folder, "one.clvbackup")
  await vault.ask("vault.backup", { out: backup })
  expect(files(vault)).toEqual(new Set([...before, "one.clvbackup"]))
  const to = join(vault.folder, "restored.claviger")
  await vault.ask("vault.restore", { file: backup, to, passphrase: passphrase() })
  await vault.ask("vault.drill", { file: backup, passphrase: passphrase() })
  expect([...files(vault)].filter((name) => /snapshot|partial/.test(name))).toEqual([])
})

test("a backup takes the place of an older large one", async () => {
  using vault = await opened()
  const before = files(vault)
  const out = join(vault.folder, "one.clvbackup")
  await vault.ask("vault.backup", { out })
  const old = readFileSync(out)
  await vault.ask("vault.backup", { out, force: true })
  expect(readFileSync(out).equals(old)).toBe(false)
  expect(await vault.refusal("vault.backup", { out })).toMatchObject({ code: "ALREADY_EXISTS" })
  await vault.ask("vault.drill", { file: out, passphrase: passphrase() })
  expect(files(vault)).toEqual(new Set([...before, "one.clvbackup"]))
})

test("backups of a large vault may be made at once", async () => {
  using vault = await opened()
  const before = files(vault)
  const names = ["a.clvbackup", "b.clvbackup", "c.clvbackup"]
  await Promise.all(names.map((name) => vault.ask("vault.backup", { out: join(vault.folder, name) })))
  expect(files(vault)).toEqual(new Set([...before, ...names]))
})

/** How far a backup is. */
const stages: readonly (readonly [stage: string, isReached: (names: readonly string[]) => boolean])[] = [
  ["is copied", (names) => names.some((name) => name.endsWith(".snapshot"))],
  ["is written", (names) => names.some((name) => name.endsWith(".partial"))],
  ["is read back", (names) => names.some((name) => name.endsWith(".partial.db"))],
]

test.for(stages)(
  "whoever locks while a large vault %s finds nothing of its backup, and makes the next one at once",
  async ([, isReached]) => {
    using vault = await opened()
    const before = files(vault)
    const making = vault.refusal("vault.backup", { out: join(vault.folder, "one.clvbackup") })
    while (!isReached([...files(vault)])) await setImmediate()
    await vault.ask("vault.lock", {})
    await vault.unlock()
    await vault.ask("vault.backup", { out: join(vault.folder, "next.clvbackup") })
    expect(await making).toEqual({ code: "VAULT_LOCKED" })
    expect(files(vault)).toEqual(new Set([...before, "next.clvbackup"]))
    expect(vault.bugs).toEqual([])
  },
)
