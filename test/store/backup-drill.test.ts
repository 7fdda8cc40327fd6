import { execFileSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setImmediate } from "node:timers/promises"
import { afterEach, beforeEach, expect, test } from "vitest"
import { inDrillFolder } from "../../main/store/drill-folder.ts"
import { editDatabase, internalsOf } from "../support/vault-internals.ts"
import { passphrase, TestVault, temporaryFolder } from "../support/vaults.ts"

let vault: TestVault
let out: string
let id: string
/** Where the system keeps what is temporary, for this test alone. */
let temporary: string
const usual = process.env["TMPDIR"]

beforeEach(async () => {
  temporary = temporaryFolder()
  vault = await TestVault.create({ recovery: { threshold: 2, count: 3 } })
  process.env["TMPDIR"] = temporary
  await vault.generate("one")
  await vault.ask("key.rotate", { name: "one" })
  out = join(vault.folder, "one.clvbackup")
  await vault.ask("vault.backup", { out })
  id = (await register()).id
})

afterEach(() => {
  process.env["TMPDIR"] = usual
  if (usual === undefined) delete process.env["TMPDIR"]
  vault[Symbol.dispose]()
  rmSync(temporary, { recursive: true })
})

/** What the register says of the only backup. */
async function register() {
  const { backups } = await vault.ask("vault.backups", {})
  const [only] = backups
  if (only === undefined || backups.length !== 1) throw new Error("there is one backup")
  return only
}

const lastRow = async () => (await vault.ask("audit.list", { newest: true, limit: 1 })).rows[0]
const drill = () => vault.ask("vault.drill", { backup: id, passphrase: passphrase() })

/** Nothing stays of a drill, wherever it could. */
async function expectNothingLeft(): Promise<void> {
  expect(readdirSync(temporary)).toEqual([])
  expect(readdirSync(vault.folder).toSorted()).toEqual(
    ["config", "one.clvbackup", "test.claviger"].filter((name) => existsSync(join(vault.folder, name))),
  )
  const vaultId = readdirSync(join(vault.configDirectory, "anchors"))
  expect(readdirSync(join(vault.configDirectory, "anchors", vaultId[0] ?? ""))).toHaveLength(1)
  expect(readdirSync(join(vault.configDirectory, "places", vaultId[0] ?? ""))).toHaveLength(1)
}

test("a backup counts as verified when it was made, until a drill verifies it again", async () => {
  const { createdAt, verifiedAt, drill: none } = await register()
  expect([verifiedAt, none]).toEqual([createdAt, undefined])
  const { at, ok, path, keys, versions } = await drill()
  expect({ ok, path, keys, versions }).toEqual({ ok: true, path: out, keys: 1, versions: 2 })
  expect(await register()).toMatchObject({ verifiedAt: at, drill: { at, ok: true }, file: "there" })
  await expectNothingLeft()
})

test("a drill is in the log, and the vault verifies with what it recorded", async () => {
  const { at } = await drill()
  expect(await lastRow()).toMatchObject({
    action: "vault.drill",
    target: out,
    outcome: "done",
    detail: { backupId: id, at, problem: null },
  })
  expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true, problems: [] })
})

test("a drill opens the backup with recovery shares too", async () => {
  const shares = vault.shares.slice(1).map((share) => new Uint8Array(share))
  expect(await vault.ask("vault.drill", { file: out, shares })).toMatchObject({ ok: true, id })
})

test("a backup made before the passphrase was changed is drilled with the old one", async () => {
  await vault.ask("vault.passwd", { newPassphrase: passphrase("new") })
  const refusal = await vault.refusal("vault.drill", { backup: id, passphrase: passphrase("new") })
  expect(refusal.code).toBe("WRONG_PASSPHRASE")
  expect(await register()).not.toHaveProperty("drill")
  expect(await drill()).toMatchObject({ ok: true })
  await expectNothingLeft()
})

test("a drill that finds damage says so, and so does the register from then on", async () => {
  const bytes = readFileSync(out)
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1)
  writeFileSync(out, bytes)
  const { ok, problem, at } = await drill()
  expect([ok, problem]).toEqual([false, expect.stringMatching(/^the backup is damaged or cut off in chunk \d+$/)])
  expect(await register()).toMatchObject({ verifiedAt: null, drill: { at, ok: false, problem }, file: "there" })
  expect(await lastRow()).toMatchObject({ action: "vault.drill", outcome: "failed", detail: { problem } })
  expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true, problems: [] })
  await expectNothingLeft()
})

test.skipIf(process.platform === "win32")(
  "a pipe in a backup's place is no backup, and keeps nobody waiting",
  async () => {
    rmSync(out)
    execFileSync("mkfifo", [out])
    expect(await register()).toMatchObject({ present: false, file: "damaged" })
  },
)

test("a file that does not begin as a backup is seen to be damaged, and drilling it is recorded", async () => {
  writeFileSync(out, randomBytes(100))
  expect(await register()).toMatchObject({ present: false, file: "damaged" })
  expect(await vault.ask("vault.drill", { file: out, passphrase: passphrase() })).toMatchObject({
    ok: false,
    problem: "the file is not a Claviger backup",
    id,
  })
})

test("a backup that does not hold what was recorded of it fails its drill", async () => {
  vault.lock()
  editDatabase(await internalsOf(vault.path), (db) => db.exec("UPDATE backups SET audit_hash = zeroblob(32)"))
  await vault.unlock()
  expect(await drill()).toMatchObject({
    ok: false,
    problem: "the backup does not hold what was recorded when it was made",
  })
})

test("a backup whose file is missing is not drilled; where it is found it is, and known from then on", async () => {
  const moved = join(temporary, "..", `moved-${id}.clvbackup`)
  renameSync(out, moved)
  expect(await register()).toMatchObject({ present: false, file: "missing" })
  expect(await vault.refusal("vault.drill", { backup: id, passphrase: passphrase() })).toMatchObject({
    code: "NOT_FOUND",
  })
  expect(await vault.ask("vault.drill", { file: moved, passphrase: passphrase() })).toMatchObject({
    ok: true,
    path: expect.stringContaining("moved-"),
  })
  expect(await register()).toMatchObject({ present: true, file: "there" })
  expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true, problems: [] })
  rmSync(moved)
})

test("a copy elsewhere is drilled without taking the place of the one that is known", async () => {
  const copy = join(temporary, "..", `copy-${id}.clvbackup`)
  writeFileSync(copy, readFileSync(out))
  expect(await vault.ask("vault.drill", { file: copy, passphrase: passphrase() })).toMatchObject({
    ok: true,
    path: out,
  })
  rmSync(copy)
})

test("a backup that another one has replaced is not drilled in its place", async () => {
  await vault.ask("vault.backup", { out, force: true })
  const { backups } = await vault.ask("vault.backups", {})
  expect(backups.map(({ file }) => file)).toEqual(["replaced", "there"])
  expect(await vault.refusal("vault.drill", { backup: id, passphrase: passphrase() })).toMatchObject({
    code: "NOT_FOUND",
    detail: expect.stringContaining("is another backup by now"),
  })
})

test.for(["a backup of another vault", "no file"])("%s is nothing to drill", async (what) => {
  const file = join(temporary, "other.clvbackup")
  using other = await TestVault.create()
  if (what !== "no file") await other.ask("vault.backup", { out: file })
  expect(await vault.refusal("vault.drill", { file, passphrase: passphrase() })).toMatchObject({ code: "NOT_FOUND" })
})

test("a drill of a vault that is locked meanwhile ends, and leaves nothing", async () => {
  const drilling = vault.refusal("vault.drill", { backup: id, passphrase: passphrase() })
  await vault.ask("vault.lock", {})
  expect(await drilling).toMatchObject({ code: "VAULT_LOCKED" })
  expect(readdirSync(temporary)).toEqual([])
  await vault.unlock()
  expect(await register()).not.toHaveProperty("drill")
  expect(vault.bugs).toEqual([])
})

test("a drill ends also when its copy is open as the vault is locked", async () => {
  const drilling = vault.refusal("vault.drill", { backup: id, passphrase: passphrase() })
  const isOpen = () =>
    readdirSync(temporary).some((name) => existsSync(join(temporary, name, "drill.claviger", "vault.lock")))
  while (!isOpen()) await setImmediate()
  await vault.ask("vault.lock", {})
  expect(await drilling).toMatchObject({ code: "VAULT_LOCKED" })
  expect(readdirSync(temporary)).toEqual([])
  expect(vault.bugs).toEqual([])
})

test("the copy lies in a folder that is its owner's alone", async () => {
  vault.lock()
  const internals = await internalsOf(vault.path)
  const mode = await editDatabase(internals, (db) =>
    inDrillFolder({ db, now: () => 0 }, async (folder) => statSync(folder).mode & 0o777),
  )
  expect(mode).toBe(0o700)
  expect(readdirSync(temporary)).toEqual([])
})

test("what a killed drill left is removed by the next opening", async () => {
  vault.lock()
  const left = join(temporary, "claviger-drill-x")
  mkdirSync(join(left, "drill.claviger"), { recursive: true })
  const internals = await internalsOf(vault.path)
  editDatabase(internals, (db) => {
    const insert = db.prepare(
      "INSERT INTO operations (id, kind, started_at, detail) VALUES ('x', 'vault.drill', '', ?)",
    )
    insert.run(JSON.stringify({ path: left }))
  })
  await vault.unlock()
  expect(readdirSync(temporary)).toEqual([])
  vault.lock()
  expect(editDatabase(internals, (db) => db.prepare("SELECT id FROM operations").pluck().all())).toEqual([])
})
