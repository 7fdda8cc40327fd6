import { afterEach, beforeEach, expect, test } from "vitest"
import type { RequestOf } from "../../../preload/contract/index.ts"
import { passphrase, TestVault, utf8 } from "../../support/vaults.ts"

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create()
  await vault.ask("seed.import", { name: "savings", file: utf8(`${"abandon ".repeat(11)}about`) })
})

afterEach(() => {
  expect(vault.bugs).toEqual([])
  vault[Symbol.dispose]()
})

const give = (more: Partial<RequestOf<"seed.addresses">> = {}) =>
  vault.ask("seed.addresses", { name: "savings", standard: "bip84", count: 1, ...more })
const given = async (version?: number) => {
  const { addresses } = await vault.ask("seed.given", { name: "savings", version })
  return addresses.map(({ path, standard }) => `${standard} ${path}`)
}

test("the addresses that were given out are told again, with the wallet of each", async () => {
  expect(await given()).toEqual([])
  const [first] = (await give()).addresses
  const other = await give({ bip39Passphrase: passphrase("TREZOR"), standard: "eth" })
  const told = await vault.ask("seed.given", { name: "savings" })
  expect(told).toMatchObject({ name: "savings", version: 1, fingerprint: "73c5da0a" })
  expect(told.addresses).toEqual([
    { ...first, standard: "bip84", fingerprint: "73c5da0a" },
    { ...other.addresses[0], standard: "eth", fingerprint: other.fingerprint },
  ])
})

test("those of a version that was rotated away are told for as long as anybody asks, destroyed or not", async () => {
  await give()
  await vault.ask("seed.rotate", { name: "savings" })
  expect(await given()).toEqual([])
  await vault.ask("seed.destroy", { name: "savings", version: 1, reason: "moved", confirmed: true })
  expect(await given(1)).toEqual(["bip84 m/84'/0'/0'/0/0"])
})

test("a second rotation names what earlier versions may still hold, too, until they are destroyed", async () => {
  const moveFrom = async () => {
    const answer = await vault.ask("seed.rotate", { name: "savings" })
    return answer.moveFrom.map(({ standard }) => standard)
  }
  await give()
  expect(await moveFrom()).toEqual(["bip84"])
  await give({ standard: "bip86" })
  expect(await moveFrom()).toEqual(["bip84", "bip86"])
  await vault.ask("seed.destroy", { name: "savings", version: 1, reason: "moved", confirmed: true })
  expect(await moveFrom()).toEqual(["bip86"])
})
