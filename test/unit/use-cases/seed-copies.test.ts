import { afterEach, beforeEach, expect, test } from "vitest"
import { ExtendedPrivateKey } from "../../../main/crypto/wallets/bip32/extended-private-key.ts"
import { writeExtendedPrivateKey } from "../../../main/crypto/wallets/bip32/serialization.ts"
import { passphrase, TestVault, utf8 } from "../../support/vaults.ts"

/** The root of BIP-85's own test vectors. */
const xprv =
  "xprv9s21ZrQH143K2LBWUUQRFXhucrQqBpKdRRxNVq2zBqsx8HVqFk2uYo8kmbaLLHRdqtQpUm98uKfu3vca1LqdGhUtyoFnCNkfmXRyPXLjbKb"

/** A root as wallets of Bitcoin's test network write it: `tprv…`. */
function testnetRoot(): string {
  using root = ExtendedPrivateKey.fromSeed(new Uint8Array(32).fill(7))
  return Buffer.from(writeExtendedPrivateKey(root, { network: "testnet" }).bytes).toString()
}

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create()
})

afterEach(() => {
  expect(vault.bugs).toEqual([])
  vault[Symbol.dispose]()
})

const verify = async (copy: string) => await vault.ask("seed.verify", { name: "seed", copy: utf8(copy) })

test("the written xprv of a root key is compared, and no place is told", async () => {
  await vault.ask("seed.import", { name: "seed", file: utf8(xprv) })
  expect(await verify(`${xprv}\n`)).toEqual({ matches: true })
  for (const copy of [xprv.replace("LBWU", "LBWV"), xprv.slice(1), "", "abandon about"]) {
    expect(await verify(copy)).toEqual({ matches: false })
  }
})

test("the digits of a seed without words are compared, in either case", async () => {
  const plan = { groupThreshold: 1, groups: [{ threshold: 1, count: 1 }] }
  await vault.ask("seed.generate", { name: "phrase", words: 12 })
  const consent = () => ({ passphrase: passphrase(), confirmed: true })
  const { shares } = await vault.ask("seed.split", { name: "phrase", plan, ...consent() })
  const shareText = Buffer.concat(shares.flat())
  await vault.ask("seed.import", { name: "seed", file: new Uint8Array(shareText), format: "slip39" })
  const digits = Buffer.from((await vault.ask("seed.reveal", { name: "seed", ...consent() })).revealed).toString()
  expect([await verify(digits), await verify(` ${digits.toUpperCase()}\n`)]).toEqual(Array(2).fill({ matches: true }))
  const other = (digits.startsWith("0") ? "1" : "0") + digits.slice(1)
  for (const copy of [other, digits.slice(2), `${digits}00`, "zz"]) {
    expect(await verify(copy)).toEqual({ matches: false })
  }
  const words = { name: "seed", copy: Uint8Array.from(shareText) }
  expect(await vault.refusal("seed.verify", words)).toMatchObject({
    code: "INVALID_INPUT",
    detail: expect.stringContaining("shares are compared by combining them"),
  })
})

test.for([
  [" \n", "there is nothing in the file"],
  [
    "xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8",
    "an extended public key: it watches a wallet, and has no seed in it",
  ],
  [testnetRoot(), "extended key: of a test network"],
] as const)("what holds no seed is refused for what it is: %j", async ([text, detail]) => {
  const refused = await vault.refusal("seed.import", { name: "seed", file: utf8(text) })
  expect(refused).toEqual({ code: "INVALID_INPUT", detail })
})
