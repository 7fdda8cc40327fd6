import { existsSync } from "node:fs"
import { join } from "node:path"
import { setImmediate } from "node:timers/promises"
import { expect, test, vi } from "vitest"
import { snapshotOf } from "../../main/store/leftovers.ts"
import { existingVaultDirectory } from "../../main/store/vault-directory.ts"
import { editDatabase, internalsOf } from "../support/vault-internals.ts"
import { TestVault } from "../support/vaults.ts"

/** A disk that makes nothing durable before it is told to. */
const disk = vi.hoisted(() => ({ isAsked: Promise.withResolvers<void>(), goesOn: Promise.withResolvers<void>() }))

vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>()
  const fsync: typeof fs.fsync = Object.assign(
    (file: number, done: (error: NodeJS.ErrnoException | null) => void) => {
      disk.isAsked.resolve()
      void disk.goesOn.promise.then(() => fs.fsync(file, done))
    },
    { __promisify__: fs.fsync.__promisify__ },
  )
  return { ...fs, fsync }
})

test("a backup that a slow disk holds up beyond a lock leaves the next one its copy of the vault", async () => {
  using vault = await TestVault.create()
  vault.lock()
  editDatabase(await internalsOf(vault.path), (db) =>
    db.exec("INSERT INTO settings (name, value) VALUES ('ballast', hex(randomblob(5000000)))"),
  )
  const snapshot = snapshotOf(existingVaultDirectory(vault.path))
  const backup = (name: string) => vault.claviger.dispatch("vault.backup", { out: join(vault.folder, name) })
  await vault.unlock()
  const first = backup("first.clvbackup")
  await disk.isAsked.promise
  await vault.ask("vault.lock", {})
  await vault.unlock()
  expect(existsSync(snapshot)).toBe(false)
  const second = backup("second.clvbackup")
  while (!existsSync(snapshot)) await setImmediate()
  disk.goesOn.resolve()
  expect(await first).toEqual({ ok: false, error: { code: "VAULT_LOCKED" } })
  expect(await second).toMatchObject({ ok: true })
  expect(existsSync(snapshot)).toBe(false)
  expect(vault.bugs).toEqual([])
})
