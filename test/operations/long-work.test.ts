import { existsSync, readdirSync, statSync, truncateSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import type { Progress, TellProgress } from "../../main/domain/long-work.ts"
import type { LongOperation } from "../../preload/contract/announcements.ts"
import { passphrase, TestVault } from "../support/vaults.ts"

let vault: TestVault
let told: (Progress | null)[]
let onTold: TellProgress

beforeEach(async () => {
  told = []
  onTold = () => undefined
  vault = await TestVault.create({
    tellProgress(progress, of) {
      told.push(progress)
      onTold(progress, of)
    },
  })
  await vault.ask("key.generate", { name: "files", algorithm: "aes-256", purpose: "encryption" })
})

afterEach(() => vault[Symbol.dispose]())

const MiB = 1024 * 1024

/** A file of 64 MiB that takes no room. */
function largeFile(): string {
  const path = join(vault.folder, "large")
  writeFileSync(path, "")
  truncateSync(path, 64 * MiB)
  return path
}

function encrypting() {
  const input = largeFile()
  const output = join(vault.folder, "large.age")
  const work = { input, output, recipients: [], keys: [{ name: "files" }], isArmored: false, force: false }
  return { output, reply: vault.claviger.dispatch("file.encrypt", work) }
}

/** As soon as some of the work is done. */
function cancelOnTheWay(act = (of: LongOperation) => vault.claviger.cancel(of)): void {
  onTold = (progress, of) => {
    if (progress !== null && progress.done > 0) act(of)
  }
}

test("a file that is encrypted tells how far it is, from nothing on to the end", async () => {
  const { reply, output } = encrypting()
  expect(await reply).toMatchObject({ ok: true })
  expect(statSync(output).size).toBeGreaterThan(64 * MiB)
  expect(told[0]).toEqual({ done: 0, total: null, unit: "parts" })
  expect(told.at(-1)).toBeNull()
  const figures = told.slice(1, -1).map((progress) => progress?.done ?? -1)
  expect(figures.length).toBeGreaterThan(0)
  expect(figures).toEqual(figures.toSorted((a, b) => a - b))
  expect(told[1]).toMatchObject({ total: 64 * MiB, unit: "bytes" })
})

test("a file that is cancelled half-way leaves nothing behind, and the vault goes on", async () => {
  cancelOnTheWay()
  const { reply } = encrypting()
  expect(await reply).toEqual({ ok: false, error: { code: "CANCELLED" } })
  expect(readdirSync(vault.folder).filter((name) => name.includes("large"))).toEqual(["large"])
  expect(told.at(-1)).toBeNull()
  onTold = () => undefined
  expect((await vault.ask("vault.verify", {})).ok).toBe(true)
})

test("locking ends what goes on with a file, and leaves nothing behind", async () => {
  const locked: Promise<unknown>[] = []
  cancelOnTheWay(() => locked.push(vault.claviger.dispatch("vault.lock", {})))
  const { reply } = encrypting()
  expect(await reply).toEqual({ ok: false, error: { code: "VAULT_LOCKED" } })
  await Promise.all(locked)
  expect(readdirSync(vault.folder).filter((name) => name.includes("large"))).toEqual(["large"])
})

test("of two that go on at once each is told of by its name, and one is cancelled without the other", async () => {
  const { reply, output } = encrypting()
  const ended: string[] = []
  onTold = (progress, of) => {
    if (progress === null) ended.push(of)
    else if (of === "vault.verify") vault.claviger.cancel(of)
  }
  expect(await vault.claviger.dispatch("vault.verify", {})).toEqual({ ok: false, error: { code: "CANCELLED" } })
  expect(await reply).toMatchObject({ ok: true })
  expect(existsSync(output)).toBe(true)
  expect(new Set(ended)).toEqual(new Set(["file.encrypt", "vault.verify"]))
})

test("a verification that is cancelled says so", async () => {
  cancelOnTheWay()
  expect(await vault.claviger.dispatch("vault.verify", {})).toEqual({ ok: false, error: { code: "CANCELLED" } })
})

test("a backup that is cancelled leaves no file and no record of one", async () => {
  const out = join(vault.folder, "b.clvbackup")
  cancelOnTheWay()
  const before = readdirSync(vault.path)
  expect(await vault.claviger.dispatch("vault.backup", { out })).toEqual({ ok: false, error: { code: "CANCELLED" } })
  expect(readdirSync(vault.folder).filter((name) => name.includes("clvbackup"))).toEqual([])
  expect(readdirSync(vault.path)).toEqual(before)
  expect((await vault.ask("vault.backups", {})).backups).toEqual([])
  onTold = () => undefined
  await vault.ask("vault.backup", { out })
  expect(existsSync(out)).toBe(true)
})

test("a restoring that is cancelled leaves no folder", async () => {
  const file = join(vault.folder, "b.clvbackup")
  await vault.ask("vault.backup", { out: file })
  const before = readdirSync(vault.folder)
  cancelOnTheWay()
  const request = { file, to: join(vault.folder, "restored.claviger"), passphrase: passphrase() }
  expect(await vault.claviger.dispatch("vault.restore", request)).toEqual({ ok: false, error: { code: "CANCELLED" } })
  expect(readdirSync(vault.folder)).toEqual(before)
})

test("cancelling when nothing goes on does nothing", async () => {
  vault.claviger.cancel("vault.verify")
  expect((await vault.ask("vault.verify", {})).ok).toBe(true)
})
