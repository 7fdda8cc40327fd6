import { readFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { z } from "zod"
import { decryptPage, decryptPages, framesOf, macKeyOf } from "../support/encrypted-pages.ts"
import { editDatabase, internalsOf } from "../support/vault-internals.ts"
import { TestVault, utf8 } from "../support/vaults.ts"

// T39; what is left of it elsewhere in destruction-certificates.test.ts and backup-destroyed.test.ts, a token that lies in hostile.test.ts.

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create()
})

afterEach(() => vault[Symbol.dispose]())

const Stored = z.object({ wrapped: z.instanceof(Buffer), sealed: z.instanceof(Buffer) })
type Stored = z.infer<typeof Stored>

/** Asked of a locked vault: the wrapped DEK and the ciphertext of a version. */
async function storedBytes(name: string, version: number): Promise<Stored> {
  return editDatabase(await internalsOf(vault.path), (db) =>
    Stored.parse(
      db
        .prepare(
          `SELECT wrapped, sealed FROM keys JOIN key_versions ON key_row = keys.row
           JOIN deks USING (version) JOIN materials ON materials.version_row = key_versions.row
           WHERE keys.name = ? AND version = ? AND deks.version_row = key_versions.row`,
        )
        .get(name, version),
    ),
  )
}

/** Every page of the file and every frame of the write-ahead log, in clear: free pages, slack and all. */
function rawPages(pageKey: Uint8Array): Buffer[] {
  const file = readFileSync(join(vault.path, "inventory.db"))
  const macKey = macKeyOf(file, pageKey)
  const frames = framesOf(walOf(vault))
  return [
    ...decryptPages(file, pageKey),
    ...frames.map(({ page, pageNumber }) => decryptPage(page, pageNumber, pageKey, macKey)),
  ]
}

function walOf({ path }: TestVault): Buffer {
  try {
    return readFileSync(join(path, "inventory.db-wal"))
  } catch {
    return Buffer.alloc(0)
  }
}

/** A page holds a long text in pieces: the first bytes of it are looked for. */
function pagesWith(pages: readonly Buffer[], bytes: Buffer): number {
  return pages.filter((page) => page.includes(bytes.subarray(0, 48))).length
}

/** How many pages hold a version's wrapped DEK, and how many its ciphertext. */
async function traces({ wrapped, sealed }: Stored): Promise<{ dek: number; material: number }> {
  // Whoever unlocks the vault to learn the page key changes its log; a copy stands for it.
  using copy = TestVault.copyOf(vault)
  const { pageKey } = await internalsOf(copy.path)
  const pages = rawPages(pageKey.bytes)
  return { dek: pagesWith(pages, wrapped), material: pagesWith(pages, sealed) }
}

async function stored(name: string, version: number): Promise<Stored> {
  vault.lock()
  const bytes = await storedBytes(name, version)
  await vault.unlock()
  return bytes
}

const kinds = [
  ["aes-256", "encryption", 32],
  ["ed25519", "signature", 48],
  ["hmac-sha512", "mac", 64],
] as const

test.for(kinds)(
  "a destroyed %s key is in no page, no free page and no frame of the log",
  async ([algorithm, purpose]) => {
    for (let number = 1; number <= 30; number++) await vault.generate(`other ${number}`)
    await vault.ask("key.generate", { name: "doomed", algorithm, purpose })
    const bytes = await stored("doomed", 1)
    // First that the search finds what is there.
    expect(await traces(bytes)).toEqual({ dek: 1, material: 1 })
    await vault.ask("key.destroy", { name: "doomed", reason: "leaked", confirmed: true })
    expect(await traces(bytes)).toEqual({ dek: 0, material: 0 })
    await vault.generate("one more")
    expect(await traces(bytes)).toEqual({ dek: 0, material: 0 })
    vault.lock()
    expect(await traces(bytes)).toEqual({ dek: 0, material: 0 })
  },
)

test("a destroyed text that took pages of its own leaves free pages that hold nothing", async () => {
  const text = utf8("a secret text, over and over. ".repeat(1000))
  await vault.ask("key.import", { name: "doomed", file: text, format: "raw", algorithm: "secret" })
  const bytes = await stored("doomed", 1)
  expect(bytes.sealed.length).toBeGreaterThan(20_000)
  const slices = Array.from({ length: 7 }, (_, piece) => bytes.sealed.subarray(piece * 4000, piece * 4000 + 48))
  const found = async () => {
    using copy = TestVault.copyOf(vault)
    const pages = rawPages((await internalsOf(copy.path)).pageKey.bytes)
    return slices.filter((slice) => pages.some((page) => page.includes(slice))).length
  }
  expect(await found()).toBeGreaterThan(5)
  await vault.ask("key.destroy", { name: "doomed", reason: "leaked", confirmed: true })
  expect(await found()).toBe(0)
})

test("the old versions are gone after a trim, and only they", async () => {
  await vault.generate("rotated")
  await vault.ask("key.rotate", { name: "rotated" })
  await vault.ask("key.rotate", { name: "rotated" })
  vault.lock()
  const versions = [1, 2, 3]
  const bytes: Stored[] = []
  for (const version of versions) bytes.push(await storedBytes("rotated", version))
  await vault.unlock()
  await vault.ask("key.trim", { name: "rotated", below: 3, confirmed: true })
  const left: unknown[] = []
  for (const each of bytes) left.push(await traces(each))
  expect(left).toEqual([
    { dek: 0, material: 0 },
    { dek: 0, material: 0 },
    { dek: 1, material: 1 },
  ])
})

test("after a keyring's rotation no wrapped DEK and no KEK of before is left", async () => {
  await vault.generate("kept")
  const before = await stored("kept", 1)
  await vault.ask("keyring.rotate", { name: "personal" })
  expect(await traces(before)).toEqual({ dek: 0, material: 1 })
})

test("compacting leaves no trace either, and the tombstone stays", async () => {
  await vault.generate("doomed")
  const bytes = await stored("doomed", 1)
  const file = utf8("long ".repeat(10_000))
  await vault.ask("key.import", { name: "long", file, format: "raw", algorithm: "secret" })
  for (const name of ["doomed", "long"]) await vault.ask("key.destroy", { name, reason: "leaked", confirmed: true })
  const { bytesBefore, bytesAfter } = await vault.ask("vault.compact", {})
  expect(bytesAfter).toBeLessThan(bytesBefore)
  expect(await traces(bytes)).toEqual({ dek: 0, material: 0 })
  expect(await vault.ask("key.show", { name: "doomed" })).toMatchObject({ state: "destroyed" })
  expect((await vault.ask("audit.list", { key: "doomed" })).rows.map(({ action }) => action)).toEqual([
    "key.generate",
    "key.destroy",
  ])
})

test("key material itself is in no page, from the beginning", async () => {
  const material = Buffer.from("0123456789abcdef0123456789abcdef")
  await vault.ask("key.import", { name: "known", file: new Uint8Array(material), format: "raw", algorithm: "aes-256" })
  using copy = TestVault.copyOf(vault)
  const pages = rawPages((await internalsOf(copy.path)).pageKey.bytes)
  expect(pages.some((page) => page.includes(Buffer.from("known")))).toBe(true)
  expect(pages.filter((page) => page.includes(material))).toEqual([])
})
