import { afterEach, beforeEach, expect, test } from "vitest"
import type { RequestOf } from "../../../preload/contract/index.ts"
import { passphrase, TestVault, utf8 } from "../../support/vaults.ts"

const abandon = `${"abandon ".repeat(11)}about`
const bareFingerprint = "15c918d3"

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create()
})

afterEach(() => {
  expect(vault.bugs).toEqual([])
  vault[Symbol.dispose]()
})

const consent = () => ({ passphrase: passphrase(), confirmed: true })
const importSeed = (name: string, more: Partial<RequestOf<"seed.import">> = {}) =>
  vault.ask("seed.import", { name, file: utf8(abandon), ...more })

/** The only share that it takes. */
async function shareOf(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const plan = { groupThreshold: 1, groups: [{ threshold: 1, count: 1 }] }
  const { shares } = await vault.ask("seed.split", { name, plan, ...consent() })
  return new Uint8Array(Buffer.concat(shares.flat()))
}

test("shares of a phrase that is here, taken as those of a SLIP-39 wallet, are told to be another reading of it", async () => {
  await importSeed("phrase")
  const file = await shareOf("phrase")
  const { fingerprint, warnings } = await importSeed("shares", { file, format: "slip39" })
  expect(fingerprint).toBe(bareFingerprint)
  expect(warnings).toEqual([expect.stringMatching(/named phrase,.*another wallet.*seed combine/)])
})

test("shares of a SLIP-39 wallet that is here, taken as those of a phrase, are told to be another reading of it", async () => {
  await importSeed("phrase")
  const file = await shareOf("phrase")
  await importSeed("wallet", { file, format: "slip39" })
  await vault.ask("seed.destroy", { name: "phrase", reason: "x", confirmed: true })
  const made = await vault.ask("seed.combine", { name: "combined", shares: [await shareOf("wallet")], kind: "bip39" })
  expect(made.warnings).toEqual([expect.stringMatching(/named wallet,.*another wallet.*--kind slip39/)])
})

test("the same entropy in the words of another language is told to be another reading", async () => {
  await importSeed("english")
  const file = utf8("0".repeat(32))
  const { warnings } = await importSeed("italian", { file, format: "entropy-hex", language: "italian" })
  expect(warnings).toEqual([expect.stringMatching(/named english,.*another wallet/)])
})

test("the same shares a second time are the same seed", async () => {
  await importSeed("phrase")
  const file = await shareOf("phrase")
  await vault.ask("seed.destroy", { name: "phrase", reason: "x", confirmed: true })
  const copy = new Uint8Array(file)
  expect(await importSeed("first", { file, format: "slip39" })).not.toHaveProperty("warnings")
  const { warnings } = await importSeed("second", { file: copy, format: "slip39" })
  expect(warnings).toEqual(["a seed of this fingerprint is here already, named first"])
})
