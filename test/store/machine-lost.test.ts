import { copyFileSync, globSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { passphrase, TestVault, temporaryFolder, utf8 } from "../support/vaults.ts"

// T78: a machine is lost, and what was on it is had again from a backup, by another user of another machine.

const names = ["app", "signer", "leaf", "gone", "secret"]

let vault: TestVault
let backup: string
let before: unknown[]

beforeAll(async () => {
  vault = await TestVault.create({ at: Date.parse("2026-03-01T12:00:00Z"), actor: "ann" })
  await vault.generate("app", { owner: "bo", tags: ["one", "two"], rotateEvery: "90d", exportable: "yes" })
  await vault.ask("key.rotate", { name: "app", grace: "30d" })
  await vault.ask("key.generate", { name: "signer", algorithm: "ed25519", purpose: "signature", exportable: "yes" })
  await vault.generate("leaf")
  await vault.ask("key.relate", { name: "app", kind: "protects", other: "leaf" })
  await vault.generate("gone")
  await vault.ask("key.destroy", { name: "gone", reason: "project ended", confirmed: true })
  const file = utf8("an API token")
  await vault.ask("key.import", { name: "secret", file, format: "raw", algorithm: "secret", exportable: "yes" })
  backup = join(vault.folder, "one.clvbackup")
  await vault.ask("vault.backup", { out: backup })
  before = await everythingOf(vault)
})
afterAll(() => vault[Symbol.dispose]())

/** Whatever the vault tells of its keys, and their material. */
async function everythingOf(one: TestVault): Promise<unknown[]> {
  const shown: unknown[] = [await one.ask("key.list", {})]
  for (const name of names) shown.push(await one.ask("key.show", { name }))
  for (const [name, format] of [
    ["app", "raw"],
    ["signer", "pkcs8-der"],
    ["secret", "raw"],
  ] as const) {
    const protection = { kind: "plaintext", confirmed: true, passphrase: passphrase() } as const
    const { exported } = await one.ask("key.export", { name, format, protection })
    shown.push(Buffer.from(exported).toString("hex"))
  }
  return shown
}

/** Another user, of another machine, with a configuration of their own. */
async function restored(): Promise<TestVault> {
  const other = new TestVault(temporaryFolder())
  other.at = vault.at
  const file = join(other.folder, "copy.clvbackup")
  copyFileSync(backup, file)
  await other.ask("vault.restore", { file, to: other.path, passphrase: passphrase() })
  await other.unlock()
  return other
}

test("what is restored elsewhere is the inventory that was lost, to the last byte of material, and verifies", async () => {
  using other = await restored()
  expect(await everythingOf(other)).toEqual(before)
  expect(await other.ask("vault.verify", {})).toMatchObject({ ok: true, problems: [] })
})

test("also when nothing is left of the first machine but the backup", async () => {
  using lost = TestVault.copyOf(vault)
  lost.at = vault.at
  rmSync(lost.path, { recursive: true })
  rmSync(lost.configDirectory, { recursive: true, force: true })
  await lost.ask("vault.restore", { file: backup, to: lost.path, passphrase: passphrase() })
  await lost.unlock()
  expect(await everythingOf(lost)).toEqual(before)
})

test("an old backup takes the place of no newer vault, not a byte of which changes", async () => {
  using newer = TestVault.copyOf(vault)
  newer.at = vault.at
  await newer.unlock()
  await newer.generate("made later")
  await newer.lock()
  const files = () =>
    globSync("*", { cwd: newer.path }).map((name) => [name, readFileSync(join(newer.path, name)).toString("base64")])
  const were = files()
  const over = { file: backup, to: newer.path, passphrase: passphrase() }
  expect(await newer.refusal("vault.restore", over)).toMatchObject({ code: "ALREADY_EXISTS" })
  expect(files()).toEqual(were)
  await newer.unlock()
  expect(await newer.ask("key.show", { name: "made later" })).toMatchObject({ state: "active" })
})

test("a drill restores it in a scratch place, and says what comes of it", async () => {
  expect(await vault.ask("vault.drill", { file: backup, passphrase: passphrase() })).toMatchObject({
    ok: true,
    keys: names.length,
  })
})
