import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { sealedChunkBytes } from "../../main/crypto/chunk-stream.ts"
import type { OutputOf } from "../../preload/contract/index.ts"
import { editDatabase, internalsOf } from "../support/vault-internals.ts"
import { passphrase, TestVault, temporaryFolder, utf8 } from "../support/vaults.ts"

/** A vault with a few hundred KiB in it, and its backup. */
let vault: TestVault
let backup: string
let bytes: Buffer
let made: OutputOf<"vault.backup">
/** Where the first chunk begins. */
let start: number

beforeAll(async () => {
  vault = await TestVault.create({ label: "ours", recovery: { threshold: 2, count: 3 } })
  await vault.generate("rotated")
  await vault.ask("key.rotate", { name: "rotated" })
  await vault.generate("destroyed")
  await vault.ask("key.destroy", { name: "destroyed", reason: "x", confirmed: true })
  for (const name of ["one", "two", "three", "four"]) {
    const file = utf8(`${name} `.repeat(10_000))
    await vault.ask("key.import", { name, file, format: "raw", algorithm: "secret" })
  }
  backup = join(vault.folder, "one.clvbackup")
  made = await vault.ask("vault.backup", { out: backup })
  bytes = readFileSync(backup)
  start = 22 + bytes.readUInt32BE(18)
}, 60_000)

afterAll(() => vault[Symbol.dispose]())

/** Claviger on another machine, where the backup is put. */
function elsewhere(file: Uint8Array = bytes): TestVault {
  const other = new TestVault(temporaryFolder())
  writeFileSync(join(other.folder, "copy.clvbackup"), file)
  return other
}

const restoring = (other: TestVault, text?: string) => ({
  file: join(other.folder, "copy.clvbackup"),
  to: other.path,
  passphrase: passphrase(text),
})

test("a backup tells what it holds, and is the owner's alone", async () => {
  expect(made).toMatchObject({ path: backup, keys: 6, versions: 7, verified: true })
  expect(statSync(backup).mode & 0o777).toBe(0o600)
  expect((bytes.length - start) / sealedChunkBytes).toBeGreaterThan(4)
  const { backups } = await vault.ask("vault.backups", {})
  expect(backups).toMatchObject([{ path: backup, keys: 6, versions: 7, auditSeq: made.auditHead.seq, present: true }])
})

test("nothing of the vault can be read in its backup", () => {
  for (const text of ["rotated", "one one one", "SQLite format", "vault.create", "tester"]) {
    expect(bytes.includes(text)).toBe(false)
  }
})

test("a restored vault holds what the backup says, and verifies", async () => {
  using other = elsewhere()
  expect(await other.ask("vault.restore", restoring(other))).toEqual({
    vaultId: expect.any(String),
    path: other.path,
    keys: 6,
    versions: 7,
    auditHead: made.auditHead,
    verified: true,
  })
  await other.unlock()
  expect(await other.ask("vault.verify", {})).toMatchObject({ ok: true, checked: { keys: 6, versions: 7 } })
  expect((await other.ask("vault.info", { path: other.path })).label).toBe("ours")
  const actions = (await other.ask("audit.list", { limit: 1000 })).rows.map(({ action }) => action)
  expect(actions.slice(-2)).toEqual(["vault.restore", "vault.unlock"])
})

test("a restored inventory is equal to the one that was backed up, key by key", async () => {
  using other = elsewhere()
  await other.ask("vault.restore", restoring(other))
  await other.unlock()
  expect(await other.ask("key.list", {})).toEqual(await vault.ask("key.list", {}))
  const token = await vault.ask("key.encrypt", { name: "rotated", plaintext: utf8("hello") })
  const decrypted = await other.ask("key.decrypt", { name: "rotated", ciphertext: utf8(token.ciphertext) })
  expect(Buffer.from(decrypted.plaintext).toString()).toBe("hello")
})

test("a backup opens with recovery shares too", async () => {
  using other = elsewhere()
  const shares = vault.shares.slice(1).map((share) => new Uint8Array(share))
  const { file, to } = restoring(other)
  expect(await other.ask("vault.restore", { file, to, shares })).toMatchObject({ verified: true })
  await other.unlock()
})

test("a restored vault beside the one it came from opens without a warning, and neither harms the other", async () => {
  using original = TestVault.copyOf(vault)
  const to = join(original.folder, "restored.claviger")
  await original.unlock()
  await original.generate("later")
  original.lock()
  await original.ask("vault.restore", { file: backup, to, passphrase: passphrase() })
  for (const path of [to, original.path, to, original.path]) {
    await original.ask("vault.unlock", { path, passphrase: passphrase() })
    await original.generate(`in ${path} ${(await original.ask("key.list", {})).keys.length}`)
    original.lock()
  }
})

test("a backup does not open with a wrong passphrase, and leaves nothing behind", async () => {
  using other = elsewhere()
  const { code } = await other.refusal("vault.restore", restoring(other, "wrong"))
  expect(code).toBe("WRONG_PASSPHRASE")
  expect(readdirSync(other.folder)).toEqual(["copy.clvbackup"])
})

test.for(["a folder", "a file", "an empty folder", "a link to nothing"])(
  "a backup is not restored over %s",
  async (what) => {
    using other = elsewhere()
    if (what === "a file") writeFileSync(other.path, "precious")
    else if (what === "a link to nothing") symlinkSync("nowhere", other.path)
    else mkdirSync(other.path)
    if (what === "a folder") writeFileSync(join(other.path, "precious"), "")
    expect(await other.refusal("vault.restore", restoring(other))).toMatchObject({ code: "ALREADY_EXISTS" })
    expect(readdirSync(other.folder).length).toBe(2)
  },
)

test("what stands beside the place of a restored vault stays", async () => {
  using other = elsewhere()
  for (const name of [`${other.path}.restoring`, `${other.path}.partial`]) {
    mkdirSync(name)
    writeFileSync(join(name, "precious"), "")
  }
  await other.ask("vault.restore", restoring(other))
  await other.unlock()
  expect(readdirSync(`${other.path}.restoring`)).toEqual(["precious"])
  expect(readdirSync(`${other.path}.partial`)).toEqual(["precious"])
})

test("of two who restore to one place at once, one does", async () => {
  using other = elsewhere()
  const restore = () => other.claviger.dispatch("vault.restore", restoring(other))
  const answers = await Promise.all([restore(), restore()])
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  expect(readdirSync(other.folder).sort()).toEqual(["config", "copy.clvbackup", "test.claviger"])
  await other.unlock()
})

test("a file that gets the backup's name while it is made stays, and no backup is recorded", async () => {
  const out = join(vault.folder, "raced.clvbackup")
  const making = vault.claviger.dispatch("vault.backup", { out })
  writeFileSync(out, "precious")
  expect(await making).toMatchObject({ ok: false, error: { code: "ALREADY_EXISTS" } })
  expect(readFileSync(out, "utf8")).toBe("precious")
  const { backups } = await vault.ask("vault.backups", {})
  expect(backups.map(({ path }) => path)).not.toContain(out)
  rmSync(out)
})

test("a backup that is not there is not found", async () => {
  using other = elsewhere()
  rmSync(join(other.folder, "copy.clvbackup"))
  expect(await other.refusal("vault.restore", restoring(other))).toMatchObject({ code: "NOT_FOUND" })
})

/** Refused, and nothing is left of the attempt. */
async function expectRefused(file: Uint8Array, codes: readonly string[]): Promise<void> {
  using other = elsewhere(file)
  const { code } = await other.refusal("vault.restore", restoring(other))
  expect(codes).toContain(code)
  expect(readdirSync(other.folder)).toEqual(["copy.clvbackup"])
  expect(other.bugs).toEqual([])
}

const damaged = ["INTEGRITY_FAILED", "VAULT_CORRUPT"]

test("a backup cut off at any chunk is refused", async () => {
  for (let length = start; length < bytes.length; length += sealedChunkBytes) {
    await expectRefused(bytes.subarray(0, length), damaged)
  }
}, 60_000)

test("a backup cut off in its header, in a chunk, or before its last byte is refused", async () => {
  for (const length of [0, 1, 17, 18, 21, 22, 100, start - 1, start + 1, start + 15, start + 16, bytes.length - 1]) {
    await expectRefused(bytes.subarray(0, length), damaged)
  }
}, 60_000)

test("a backup with more behind its end is refused", async () => {
  await expectRefused(Buffer.concat([bytes, Buffer.from([0])]), damaged)
  await expectRefused(Buffer.concat([bytes, bytes.subarray(bytes.length - 1000)]), damaged)
})

const chunk = (index: number) =>
  bytes.subarray(start + index * sealedChunkBytes, start + (index + 1) * sealedChunkBytes)

test("a backup whose chunks are in another order, doubled or left out is refused", async () => {
  const head = bytes.subarray(0, start)
  const tail = bytes.subarray(start + 3 * sealedChunkBytes)
  for (const order of [
    [1, 0, 2],
    [0, 2, 1],
    [0, 1, 1],
    [0, 0, 1, 2],
    [1, 2],
    [0, 2],
  ]) {
    await expectRefused(Buffer.concat([head, ...order.map(chunk), tail]), damaged)
  }
}, 60_000)

test("a backup with any byte changed is refused", async () => {
  const places = [
    20,
    60,
    Math.floor(start / 2),
    start - 10,
    start,
    start + 5000,
    start + sealedChunkBytes - 1,
    bytes.length - 1,
  ]
  for (const place of places) {
    const edited = Buffer.from(bytes)
    edited.writeUInt8(edited.readUInt8(place) ^ 0x01, place)
    await expectRefused(edited, [...damaged, "WRONG_PASSPHRASE"])
  }
}, 60_000)

test("a backup whose header claims 4 GiB, or that is no backup, is refused at once", async () => {
  const edited = Buffer.from(bytes)
  edited.writeUInt32BE(0xffff_ffff, 18)
  await expectRefused(edited, ["VAULT_CORRUPT"])
  await expectRefused(Buffer.from("claviger-backup/2\nwhatever comes"), ["UNSUPPORTED_VERSION"])
  await expectRefused(Buffer.from("a shopping list, not a backup"), ["VAULT_CORRUPT"])
})

test("a chunk of another backup of the same vault is refused", async () => {
  const out = join(vault.folder, "two.clvbackup")
  await vault.ask("vault.backup", { out })
  const other = readFileSync(out)
  const otherStart = 22 + other.readUInt32BE(18)
  const foreign = other.subarray(otherStart + sealedChunkBytes, otherStart + 2 * sealedChunkBytes)
  const spliced = Buffer.concat([
    bytes.subarray(0, start),
    chunk(0),
    foreign,
    bytes.subarray(start + 2 * sealedChunkBytes),
  ])
  expect(spliced.length).toBe(bytes.length)
  await expectRefused(spliced, damaged)
})

test("a backup does not replace a file unless it is told to, and leaves nothing half-made", async () => {
  const out = join(vault.folder, "taken.clvbackup")
  writeFileSync(out, "precious")
  expect(await vault.refusal("vault.backup", { out })).toMatchObject({ code: "ALREADY_EXISTS" })
  expect(readFileSync(out, "utf8")).toBe("precious")
  await vault.ask("vault.backup", { out, force: true })
  expect(readdirSync(vault.folder).filter((name) => name.includes("partial"))).toEqual([])
})

test("what a killed backup left is removed by the next opening, and nothing else", async () => {
  using other = TestVault.copyOf(vault)
  const left = join(other.folder, ".claviger-x.clvbackup.partial")
  const internals = await internalsOf(other.path)
  editDatabase(internals, (db) => {
    const insert = db.prepare("INSERT INTO operations (id, kind, started_at, detail) VALUES (?, 'file.write', '', ?)")
    insert.run("x", JSON.stringify({ path: left }))
    insert.run("y", JSON.stringify({ path: join(other.folder, "stick", "unplugged.partial") }))
  })
  const ours = ["", ".db", ".db-wal", ".db-shm"].map((suffix) => `${left}${suffix}`)
  const theirs = join(other.folder, "theirs.clvbackup.partial")
  for (const path of [...ours, theirs]) writeFileSync(path, "")
  await other.unlock()
  expect(readdirSync(other.folder).filter((name) => name.includes("partial"))).toEqual(["theirs.clvbackup.partial"])
  expect(await other.ask("vault.verify", {})).toMatchObject({ ok: true })
  other.lock()
  const rows = editDatabase(internals, (db) => db.prepare("SELECT id FROM operations").pluck().all())
  expect(rows).toEqual(["y"])
})

test("a backup into a folder gets its usual name", async () => {
  const out = join(vault.folder, "backups")
  mkdirSync(out)
  const { path } = await vault.ask("vault.backup", { out })
  expect(path).toMatch(/test-\d{8}\.clvbackup$/)
})

test("a backup that is gone is still on record, as not present", async () => {
  const out = join(vault.folder, "lost.clvbackup")
  await vault.ask("vault.backup", { out })
  truncateSync(out, 0)
  rmSync(out)
  const { backups } = await vault.ask("vault.backups", {})
  expect(backups.find(({ path }) => path === out)).toMatchObject({ present: false })
})

test("a backup whose file another one replaced is not present, and holds nothing any more", async () => {
  using other = await TestVault.create()
  await other.generate("short-lived")
  const out = join(other.folder, "same.clvbackup")
  await other.ask("vault.backup", { out })
  await other.ask("vault.backup", { out, force: true })
  expect((await other.ask("vault.backups", {})).backups.map(({ present }) => present)).toEqual([false, true])
  const { certificate } = await other.ask("key.destroy", { name: "short-lived", reason: "x", confirmed: true })
  expect(certificate.backups).toHaveLength(1)
})

test("a restored vault knows the backup that it came from: it holds the keys that are destroyed later", async () => {
  using other = elsewhere()
  await other.ask("vault.restore", restoring(other))
  await other.unlock()
  const { certificate } = await other.ask("key.destroy", { name: "one", reason: "x", confirmed: true })
  expect(certificate.backups.map(({ path }) => path)).toContain(join(other.folder, "copy.clvbackup"))
  expect(await other.ask("vault.verify", {})).toMatchObject({ ok: true, problems: [] })
})

test("a backup made before a rekey still opens, with the old passphrase", async () => {
  using rekeyed = TestVault.copyOf(vault)
  await rekeyed.unlock()
  await rekeyed.ask("vault.rekey", { passphrase: passphrase(), alsoPassphrases: [], confirmed: true })
  await rekeyed.ask("vault.passwd", { newPassphrase: passphrase("new") })
  rekeyed.lock()
  const to = join(rekeyed.folder, "restored.claviger")
  await rekeyed.ask("vault.restore", { file: backup, to, passphrase: passphrase() })
  await rekeyed.ask("vault.unlock", { path: to, passphrase: passphrase() })
  expect(await rekeyed.ask("vault.verify", {})).toMatchObject({ ok: true, checked: { keys: 6 } })
})

test("a destroyed key's certificate names the backups that hold it, and no others", async () => {
  using other = await TestVault.create()
  const before = join(other.folder, "before.clvbackup")
  const between = join(other.folder, "between.clvbackup")
  await other.ask("vault.backup", { out: before })
  await other.generate("short-lived")
  await other.ask("vault.backup", { out: between })
  const { certificate } = await other.ask("key.destroy", { name: "short-lived", reason: "leaked", confirmed: true })
  expect(certificate.backups.map(({ path }) => path)).toEqual([between])
})

test("no key is destroyed while a backup is made that may hold it", async () => {
  await vault.generate("soon gone")
  const making = vault.ask("vault.backup", { out: join(vault.folder, "meanwhile.clvbackup") })
  const destroying = { name: "soon gone", reason: "x", confirmed: true }
  const { code, detail } = await vault.refusal("key.destroy", destroying)
  expect([code, detail]).toEqual(["STATE_DENIED", "a backup is being made: try again when it is done"])
  const { path } = await making
  const { certificate } = await vault.ask("key.destroy", destroying)
  expect(certificate.backups.map((each) => each.path)).toEqual([path])
})

/** The backups that hold a key, or one version of it. */
async function holding(other: TestVault, name: string, version?: number): Promise<string[]> {
  const { backups } = await other.ask("vault.backups", { holding: name, ...(version === undefined ? {} : { version }) })
  return backups.map(({ path }) => path)
}

test("each backup tells which keys it holds that were destroyed since, and which versions of them", async () => {
  using other = await TestVault.create({ at: Date.parse("2026-03-01T12:00:00Z") })
  const day = (number: number) => {
    other.at = Date.parse(`2026-03-0${number}T12:00:00Z`)
    return new Date(other.at).toISOString()
  }
  const [first, second] = ["first", "second"].map((name) => join(other.folder, `${name}.clvbackup`))
  await other.generate("short-lived")
  await other.generate("rotated")
  await other.ask("key.rotate", { name: "rotated" })
  await other.ask("vault.backup", { out: first ?? "" })
  const trimmed = day(2)
  await other.ask("key.trim", { name: "rotated", below: 2, confirmed: true })
  day(3)
  await other.ask("vault.backup", { out: second ?? "" })
  const destroyed = day(4)
  await other.ask("key.destroy", { name: "short-lived", reason: "x", confirmed: true })
  const { backups } = await other.ask("vault.backups", {})
  const shortLived = { name: "short-lived", versions: [1], destroyedAt: destroyed }
  expect(backups.map((each) => each.destroyed)).toEqual([
    { count: 2, keys: [shortLived, { name: "rotated", versions: [1], destroyedAt: trimmed }] },
    { count: 1, keys: [shortLived] },
  ])
})

test("of a key, all backups count that hold any of its versions, also one that was destroyed before", async () => {
  using other = await TestVault.create()
  const [first = "", second = "", third = ""] = ["1", "2", "3"].map((name) => join(other.folder, `${name}.clvbackup`))
  await other.generate("rotated")
  await other.ask("vault.backup", { out: first })
  await other.ask("key.rotate", { name: "rotated" })
  await other.ask("key.trim", { name: "rotated", below: 2, confirmed: true })
  await other.ask("vault.backup", { out: second })
  expect(await holding(other, "rotated")).toEqual([first, second])
  expect(await holding(other, "rotated", 1)).toEqual([first])
  expect(await holding(other, "rotated", 2)).toEqual([second])
  const { certificate } = await other.ask("key.destroy", { name: "rotated", reason: "x", confirmed: true })
  expect(certificate.backups.map(({ path }) => path)).toEqual([first, second])
  await other.ask("vault.backup", { out: third })
  expect(await holding(other, "rotated")).toEqual([first, second])
  const { code } = await other.refusal("vault.backups", { holding: "rotated", version: 3 })
  expect(code).toBe("NOT_FOUND")
})
