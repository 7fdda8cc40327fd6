import { copyFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { editDatabase, internalsOf } from "../support/vault-internals.ts"
import { passphrase, TestVault } from "../support/vaults.ts"

const reason = "the stick was shredded"

let vault: TestVault
let out: string

beforeEach(async () => {
  vault = await TestVault.create({ at: Date.parse("2026-03-01T12:00:00Z") })
  await vault.generate("a")
  out = join(vault.folder, "one.clvbackup")
  await vault.ask("vault.backup", { out })
})
afterEach(() => {
  expect(vault.bugs).toEqual([])
  vault[Symbol.dispose]()
})

async function certificate() {
  const { certificates } = await vault.ask("key.certificates", { name: "a" })
  return certificates[0]?.certificate
}

async function destroyKey(): Promise<void> {
  vault.at = Date.parse("2026-03-02T12:00:00Z")
  await vault.ask("key.destroy", { name: "a", reason: "project ended", confirmed: true })
}
const listed = async () => (await vault.ask("vault.backups", {})).backups[0]

test("a backup that is destroyed holds no key any more, and certificates name it as destroyed", async () => {
  await destroyKey()
  expect(await certificate()).toMatchObject({ backups: [{ path: out }], destroyedBackups: [] })
  rmSync(out)
  const { destroyedAt } = await vault.ask("vault.backup-destroyed", { file: out, reason })
  expect(await certificate()).toMatchObject({ backups: [], destroyedBackups: [{ path: out, destroyedAt, reason }] })
  expect(await listed()).toMatchObject({
    file: "destroyed",
    present: false,
    destruction: { at: destroyedAt, reason },
    destroyed: { count: 0 },
  })
  expect((await vault.ask("vault.backups", { holding: "a" })).backups).toEqual([])
  const { rows } = await vault.ask("audit.list", { action: "vault.backup-destroyed" })
  expect(rows).toMatchObject([{ target: out, outcome: "done", detail: { reason } }])
  expect((await vault.ask("vault.verify", {})).problems).toEqual([])
})

test("nobody is believed who says so of a file that is there, or says it twice, or of none", async () => {
  expect(await vault.refusal("vault.backup-destroyed", { file: out, reason })).toEqual({
    code: "STATE_DENIED",
    detail: `${out} is still there: delete it and its copies first`,
  })
  rmSync(out)
  await vault.ask("vault.backup-destroyed", { file: out, reason })
  expect(await vault.refusal("vault.backup-destroyed", { file: out, reason })).toMatchObject({ code: "STATE_DENIED" })
  const other = { file: join(vault.folder, "other"), reason }
  expect(await vault.refusal("vault.backup-destroyed", other)).toMatchObject({ code: "NOT_FOUND" })
})

test("a copy that turns up is told of, and a drill of it counts the backup as there again", async () => {
  await destroyKey()
  const copy = join(vault.folder, "copy.clvbackup")
  copyFileSync(out, copy)
  rmSync(out)
  await vault.ask("vault.backup-destroyed", { file: out, reason })
  copyFileSync(copy, out)
  expect(await listed()).toMatchObject({ file: "there", destruction: { reason }, destroyed: { count: 1 } })
  rmSync(out)
  await vault.ask("vault.drill", { file: copy, passphrase: passphrase() })
  expect(await listed()).toMatchObject({ path: copy, file: "there", destroyed: { count: 1 } })
  expect((await listed())?.destruction).toBeUndefined()
  expect(await certificate()).toMatchObject({ backups: [{ path: copy }], destroyedBackups: [] })
  expect((await vault.ask("vault.verify", {})).problems).toEqual([])
})

test("a backup that is made anew in its place, without the key, takes its place in the certificate", async () => {
  await destroyKey()
  await vault.ask("vault.backup", { out, force: true })
  expect(await certificate()).toMatchObject({ backups: [], destroyedBackups: [] })
})

test("who says behind the log's back that a backup is destroyed is found out", async () => {
  await vault.lock()
  editDatabase(await internalsOf(vault.path), (db) =>
    db.exec("UPDATE backups SET destroyed_at = '2026-03-01T12:00:00.000Z', destroy_reason = 'none'"),
  )
  await vault.unlock()
  expect((await vault.ask("vault.verify", {})).problems).toMatchObject([{ rule: "backups" }])
})
