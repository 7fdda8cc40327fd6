import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { KeyAlgorithm } from "../../../preload/contract/values.ts"
import { TestVault } from "../../support/vaults.ts"
import { PaperInventory } from "./year-model.ts"

const day = 86_400_000
const paper = new PaperInventory()
let vault: TestVault
let backup: string

beforeAll(async () => {
  vault = await TestVault.create({ at: Date.UTC(2026, 0, 1, 9) })
  backup = join(vault.folder, "autumn.clvbackup")
})
afterAll(() => vault[Symbol.dispose]())

const now = (): number => vault.at ?? 0

async function make(name: string, algorithm: KeyAlgorithm, more: { days?: number; owner?: string; expires?: number }) {
  const { days, owner, expires } = more
  await vault.ask("key.generate", {
    name,
    algorithm,
    ...(days === undefined ? {} : { rotateEvery: `${days}d` }),
    ...(owner === undefined ? {} : { owner }),
    ...(expires === undefined ? {} : { expires: new Date(expires).toISOString() }),
  })
  paper.add({ name, algorithm, ...more }, now())
}

async function rotate(name: string): Promise<void> {
  await vault.ask("key.rotate", { name })
  paper.rotate(name, now())
}

/** What the vault says at the end of a month, and what the paper does. */
async function reports(of: TestVault = vault) {
  const { due } = await of.ask("report.due", { within: "30d" })
  const { keys } = await of.ask("key.list", { limit: 1000 })
  const { findings } = await of.ask("policy.check", {})
  const { exposedCount } = await of.ask("report.quantum", {})
  const { destructions } = await of.ask("report.destructions", {})
  return {
    due: due.filter(({ what }) => what === "key").map(({ name, event, standing }) => ({ name, event, standing })),
    states: keys
      .map(({ name, state, currentVersion }) => `${name} ${state} ${currentVersion}`)
      .sort((one, other) => one.localeCompare(other)),
    unowned: findings
      .filter(({ rule }) => rule === "owner-required")
      .map(({ key }) => key)
      .sort((one, other) => one.localeCompare(other)),
    exposed: exposedCount,
    destroyed: destructions.map(({ certificate }) => certificate.name),
  }
}

const onPaper = () => ({
  due: paper.due(now(), 30),
  states: paper.states(now()),
  unowned: paper.unowned(now()),
  exposed: paper.quantumExposed(),
  destroyed: paper.destroyed,
})

/** What happens in each month, before its last day. */
const months: readonly (readonly [name: string, happens: () => Promise<void>])[] = [
  [
    "January: keys are made, and every one is to have an owner",
    async () => {
      await make("web", "ed25519", { days: 90, owner: "ann" })
      await make("database", "aes-256", { days: 60, owner: "bob" })
      await make("archive", "aes-256", { days: 365, owner: "bob" })
      await make("authority", "ec-p256", { days: 700, owner: "ann" })
      await make("campaign", "rsa-2048", { expires: now() + 140 * day })
      await make("orphan", "hmac-sha256", {})
      await vault.ask("keyring.policy", { name: "personal", set: { profile: "personal", required: ["owner"] } })
    },
  ],
  ["February: nothing happens", async () => undefined],
  ["March: the database's key is late, and rotates", () => rotate("database")],
  [
    "April: ann leaves, and her keys begin to rotate",
    async () => {
      const { event } = await vault.ask("event.raise", { kind: "owner-departed", owner: "ann", reason: "left" })
      expect(event.counts.rotating).toBe(2)
      for (const name of ["web", "authority"]) {
        await vault.ask("rotation.advance", { name })
        await vault.ask("rotation.advance", { name })
        paper.rotate(name, now())
      }
    },
  ],
  [
    "May: one of the two is rolled back, the other one's old version retires",
    async () => {
      await vault.ask("rotation.advance", { name: "web", confirmed: true })
      await vault.ask("rotation.rollback", { name: "authority", reason: "its clients were not ready" })
      paper.giveBack("authority", 1, Date.UTC(2026, 0, 1, 9))
    },
  ],
  ["June: the campaign is over by itself", async () => undefined],
  [
    "July: the database's key leaks, and is replaced",
    async () => {
      await vault.ask("key.compromise", { name: "database", reason: "found in a paste" })
      await rotate("database")
    },
  ],
  [
    "August: the archive waits to be destroyed",
    async () => {
      await vault.ask("key.schedule-destroy", { name: "archive", after: "7d", reason: "its files are gone" })
      for (let days = 0; days < 8; days += 1) {
        vault.lock()
        vault.at = now() + day
        await vault.unlock()
      }
      paper.destroy("archive")
    },
  ],
  [
    "September: a backup is made",
    async () => {
      await vault.ask("vault.backup", { out: backup })
    },
  ],
  [
    "October: the orphan ends, and web rotates",
    async () => {
      await vault.ask("key.deactivate", { name: "orphan", reason: "nobody knows it" })
      paper.rest("orphan")
      await rotate("web")
    },
  ],
  [
    "November: the campaign's key waits to be destroyed",
    async () => {
      await vault.ask("key.schedule-destroy", { name: "campaign", reason: "it is over" })
      paper.condemn("campaign", now() + 30 * day)
    },
  ],
  [
    "December: the campaign's key is destroyed at once",
    async () => {
      await vault.ask("key.destroy", { name: "campaign", reason: "tidying up", confirmed: true })
      paper.destroy("campaign")
    },
  ],
]

let atBackup: unknown

test.for(months.map(([name], month) => [name, month] as const))("%s", async ([, month]) => {
  await months[month]?.[1]()
  vault.at = Math.max(now(), Date.UTC(2026, month + 1, 1, 9) - day)
  expect(await reports()).toEqual(onPaper())
  if (month === 8) atBackup = await reports()
  vault.at = Date.UTC(2026, month + 1, 1, 9)
})

test("after the year the vault is whole, and its log too", async () => {
  expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true, problems: [] })
  expect(vault.bugs).toEqual([])
})

test("what was restored from September says what the vault said then", async () => {
  const path = join(vault.folder, "restored.claviger")
  const passphrase = () => new TextEncoder().encode("correct horse battery staple")
  await vault.ask("vault.restore", { file: backup, to: path, passphrase: passphrase() })
  vault.lock()
  vault.at = Date.UTC(2026, 9, 1, 9) - day
  await vault.ask("vault.unlock", { path, passphrase: passphrase(), acceptRollback: true })
  expect(await reports()).toEqual(atBackup)
})
