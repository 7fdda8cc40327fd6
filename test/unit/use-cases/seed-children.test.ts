import { afterEach, beforeEach, expect, test } from "vitest"
import { passphrase, TestVault, utf8 } from "../../support/vaults.ts"

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create()
})

afterEach(() => {
  expect(vault.bugs).toEqual([])
  vault[Symbol.dispose]()
})

const consent = () => ({ passphrase: passphrase(), confirmed: true })
const importSeed = (name: string) => vault.ask("seed.import", { name, file: utf8(`${"abandon ".repeat(11)}about`) })
const nextChild = async (name: string, index?: number) =>
  (await vault.ask("seed.child", { name, child: { kind: "bip39", words: 12 }, index, ...consent() })).index

test("no child is given twice, though the seed is here under two names, or was destroyed and came back", async () => {
  await importSeed("one")
  await importSeed("two")
  expect([await nextChild("one"), await nextChild("two"), await nextChild("one")]).toEqual([0, 1, 2])
  const asking = { name: "two", child: { kind: "bip39", words: 12 }, index: 2, ...consent() } as const
  expect(await vault.refusal("seed.child", asking)).toMatchObject({ code: "ALREADY_EXISTS" })
  for (const name of ["one", "two"]) await vault.ask("seed.destroy", { name, reason: "x", confirmed: true })
  await importSeed("three")
  expect(await nextChild("three")).toBe(3)
})

test("a seed that was compromised makes no more children, and exposes those that are kept", async () => {
  await importSeed("one")
  await vault.ask("seed.child", { name: "one", child: { kind: "bip39" }, as: "kid", ...consent() })
  await vault.ask("key.set", { name: "kid", rename: "kid, renamed" })
  const { blastRadius } = await vault.ask("key.compromise", { name: "one", reason: "photographed" })
  expect(blastRadius).toContainEqual({
    kind: "key",
    effect: "exposed",
    name: "kid, renamed",
    how: "one was derived into it",
    distance: 1,
  })
  const asking = { name: "one", child: { kind: "hex" }, ...consent() } as const
  expect(await vault.refusal("seed.child", asking)).toMatchObject({ code: "STATE_DENIED" })
})

test("after the greatest index the least that was not given is next", async () => {
  await importSeed("one")
  expect(await nextChild("one", 2 ** 31 - 1)).toBe(2 ** 31 - 1)
  expect(await nextChild("one", 0)).toBe(0)
  expect(await nextChild("one")).toBe(1)
})

test("a child that can't be kept under its name takes no index", async () => {
  await importSeed("one")
  const asking = { name: "one", as: "one", child: { kind: "bip39", words: 12 }, ...consent() } as const
  expect(await vault.refusal("seed.child", asking)).toMatchObject({ code: "ALREADY_EXISTS" })
  expect(await nextChild("one")).toBe(0)
})
