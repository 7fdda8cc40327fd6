import { afterEach, beforeEach, expect, test } from "vitest"
import { z } from "zod"
import { newId } from "../../main/crypto/uuid-v7.ts"
import type { StoredVault } from "../../main/store/stored-vault.ts"
import { inStore } from "../support/in-store.ts"
import { TestVault, utf8 } from "../support/vaults.ts"

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create()
  for (let number = 1; number <= 3; number++) await vault.generate(`key ${number}`)
  await vault.ask("keyring.create", { name: "production" })
  await vault.generate("other", { keyring: "production" })
})

afterEach(() => vault[Symbol.dispose]())

const dekVersions = ({ db }: StoredVault) =>
  z.array(z.int()).parse(db.prepare("SELECT kek_version FROM deks ORDER BY version_row").pluck().all())

const kekVersions = ({ db }: StoredVault, name: string) =>
  db
    .prepare(
      "SELECT version FROM keyring_keks JOIN keyrings ON keyrings.id = keyring_id WHERE name = ? ORDER BY version",
    )
    .pluck()
    .all(name)

test("a rotated keyring has a new KEK, under which all its DEKs are; another keyring's are left alone", async () => {
  const rotated = await vault.ask("keyring.rotate", { name: "personal" })
  expect(rotated).toMatchObject({ name: "personal", kekVersion: 2, rewrapped: 3, keys: 3 })
  expect(await inStore(vault, dekVersions)).toEqual([2, 2, 2, 1])
  expect(await inStore(vault, (stored) => kekVersions(stored, "personal"))).toEqual([2])
  await vault.unlock()
  expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true })
})

test("what was encrypted before a rotation still opens, and material is not touched", async () => {
  const { ciphertext } = await vault.ask("key.encrypt", { name: "key 1", plaintext: utf8("x") })
  const materials = ({ db }: StoredVault) => db.prepare("SELECT sealed FROM materials").pluck().all()
  const before = await inStore(vault, materials)
  await vault.unlock()
  await vault.ask("keyring.rotate", { name: "personal" })
  await vault.ask("key.decrypt", { name: "key 1", ciphertext: utf8(ciphertext) })
  expect(await inStore(vault, materials)).toEqual(before)
})

/** As a crash leaves a rotation: begun, and some DEKs already under the new KEK. */
async function interruptedRotation(rewrapped: number): Promise<void> {
  await vault.ask("keyring.rotate", { name: "personal" })
  await inStore(vault, (stored) => {
    const { id: keyringId } = stored.keyrings.find("personal")
    const detail = { keyringId, keyring: "personal", toVersion: 3 }
    stored.journal.record(() => {
      stored.keks.create(keyringId, 3, new Date().toISOString())
      stored.db.prepare("UPDATE keyrings SET kek_version = 3 WHERE id = ?").run(keyringId)
      stored.db
        .prepare("INSERT INTO operations (id, kind, started_at, detail) VALUES (?, 'keyring.rotate', ?, ?)")
        .run(newId(Date.now()), new Date().toISOString(), JSON.stringify(detail))
      const started = { toVersion: 3, phase: "started" }
      return { entry: { action: "keyring.rotate", target: "personal", detail: started }, result: undefined }
    })
    for (const [index, key] of stored.keys.list({ limit: rewrapped, keyring: "personal" }).entries()) {
      const place = { keyId: key.id, version: 1, algorithm: key.algorithm, keyringId }
      stored.db.transaction(() => {
        using material = stored.materials.openReached(place)
        stored.materials.erase(key.id, 1)
        stored.materials.put(place, material)
      })()
      expect(dekVersions(stored)[index]).toBe(3)
    }
  })
}

test.for([0, 1, 3])("a rotation that was killed after %i DEKs is finished by the next opening", async (rewrapped) => {
  await interruptedRotation(rewrapped)
  expect(await vault.unlock()).toMatchObject({ resumed: ["keyring.rotate"] })
  expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true })
  const { rows } = await vault.ask("audit.list", { action: "keyring.rotate" })
  expect(rows.at(-1)?.detail).toMatchObject({ toVersion: 3, phase: "done", rewrapped: 3 - rewrapped })
  expect(await inStore(vault, dekVersions)).toEqual([3, 3, 3, 1])
  expect(await inStore(vault, (stored) => kekVersions(stored, "personal"))).toEqual([3])
  expect(await vault.unlock()).toMatchObject({ resumed: [] })
})

test("keyrings have names of their own, and are found by them", async () => {
  expect(await vault.refusal("keyring.create", { name: "production" })).toMatchObject({ code: "ALREADY_EXISTS" })
  expect(await vault.refusal("keyring.rotate", { name: "staging" })).toMatchObject({ code: "NOT_FOUND" })
  expect((await vault.ask("keyring.list", {})).keyrings).toMatchObject([
    { name: "personal", keys: 3, kekVersion: 1 },
    { name: "production", keys: 1, kekVersion: 1 },
  ])
})
