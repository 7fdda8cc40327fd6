import { p2pkh, p2sh, p2tr, p2wpkh, TEST_NETWORK } from "@scure/btc-signer"
import fc from "fast-check"
import { expect, test } from "vitest"
import { accountOf, watchedAccount } from "../../../../main/crypto/wallets/addresses/account.ts"
import { bitcoinAddress } from "../../../../main/crypto/wallets/addresses/bitcoin-address.ts"
import { listAddresses } from "../../../../main/crypto/wallets/addresses/list-addresses.ts"
import { solanaAddresses } from "../../../../main/crypto/wallets/addresses/solana-addresses.ts"
import type { AccountStandard } from "../../../../main/crypto/wallets/addresses/standards.ts"
import { parseDerivationPath } from "../../../../main/crypto/wallets/bip32/derivation-path.ts"
import { ExtendedPrivateKey } from "../../../../main/crypto/wallets/bip32/extended-private-key.ts"
import { writeExtendedPrivateKey, writeExtendedPublicKey } from "../../../../main/crypto/wallets/bip32/serialization.ts"
import { longestTurnOf } from "../../../support/processor-time.ts"
import { vaultErrorOf } from "../../../support/vault-error-of.ts"
import { bytesOf, utf8 } from "../read-vectors.ts"

const seed = bytesOf("000102030405060708090a0b0c0d0e0f")
const root = ExtendedPrivateKey.fromSeed(seed)
const standards = ["bip44", "bip49", "bip84", "bip86", "eth"] as const satisfies AccountStandard[]

test("addresses of any key are those that @scure/btc-signer makes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 64 }), fc.boolean(), (bytes, isTest) => {
      const key = ExtendedPrivateKey.fromSeed(bytes).public
      const [ours, theirs] = isTest ? (["testnet", TEST_NETWORK] as const) : (["mainnet", undefined] as const)
      expect([
        bitcoinAddress(key, "pkh", ours),
        bitcoinAddress(key, "sh(wpkh)", ours),
        bitcoinAddress(key, "wpkh", ours),
        bitcoinAddress(key, "tr", ours),
      ]).toEqual([
        p2pkh(key.publicKey, theirs).address,
        p2sh(p2wpkh(key.publicKey, theirs), theirs).address,
        p2wpkh(key.publicKey, theirs).address,
        p2tr(key.publicKey.subarray(1), undefined, theirs).address,
      ])
    }),
    { numRuns: 30 },
  )
})

test.for(standards)("a list of %s begins where it is told, and goes on from list to list", async (standard) => {
  const account = accountOf(root, { standard, account: 3 })
  const whole = await listAddresses(account, { count: 6 })
  const parts = [await listAddresses(account, { count: 2 }), await listAddresses(account, { start: 2, count: 4 })]
  expect(parts.flat()).toEqual(whole)
  expect(new Set(whole.map(({ address }) => address)).size).toBe(6)
  expect(whole[5]?.path).toMatch(/^m\/\d+'\/\d+'\/3'\/0\/5$/)
})

test("the last index has an address, and the one after it has none", async () => {
  const account = accountOf(root, { standard: "bip84" })
  const [last] = await listAddresses(account, { start: 2 ** 31 - 1, count: 1 })
  expect(last?.path).toBe("m/84'/0'/0'/0/2147483647")
  await expect(listAddresses(account, { start: 2 ** 31 - 1, count: 2 })).rejects.toMatchObject({
    code: "INVALID_INPUT",
  })
})

test.for([
  { count: 0 },
  { count: -1 },
  { count: 1.5 },
  { count: Number.NaN },
  { count: 10_001 },
  { start: -1, count: 1 },
  { start: 2 ** 31, count: 1 },
])("%j is no range", async (range) => {
  const refusal = { code: "INVALID_INPUT", detail: "addresses: 1 to 10000 of the indexes 0 to 2147483647" }
  await expect(listAddresses(accountOf(root, { standard: "bip84" }), range)).rejects.toMatchObject(refusal)
  await expect(solanaAddresses(seed, range)).rejects.toMatchObject(refusal)
})

test.for([-1, 1.5, 2 ** 31])("%d is no account", (account) => {
  expect(() => accountOf(root, { standard: "bip84", account })).toThrow("account: 0 to 2147483647")
})

test("Ethereum has no addresses for change", async () => {
  const account = accountOf(root, { standard: "eth" })
  await expect(listAddresses(account, { isChange: true, count: 1 })).rejects.toMatchObject({
    detail: "eth has no addresses for change",
  })
})

test("an account may be at a path of one's own", async () => {
  const path = parseDerivationPath("m/0'")
  const [first] = await listAddresses(accountOf(root, { standard: "bip44", path }), { count: 1 })
  // Bitcoin Core's old wallets, and vector 1 of BIP-0032: m/0'/0/0.
  const key = root.derive([...path, 0, 0]).public
  expect(first).toEqual({ path: "m/0'/0/0", address: bitcoinAddress(key, "pkh", "mainnet") })
})

test("the path of a standard begins at a root: from another key one must say the path", () => {
  const key = root.derive([0])
  expect(vaultErrorOf(() => accountOf(key, { standard: "bip84" })).detail).toBe("the key is not a root")
  expect(accountOf(key, { standard: "bip84", path: [0] }).key.place.depth).toBe(2)
})

test.for([
  ["zpub of BIP-0084", "bip84", { flavour: "z" }, null],
  ["xpub, which says nothing", "bip84", {}, null],
  ["ypub of BIP-0049", "bip84", { flavour: "y" }, "extended key: its prefix is not that of bip84"],
  ["zpub of BIP-0084, for Ethereum", "eth", { flavour: "z" }, "extended key: its prefix is not that of eth"],
] as const)("an account is watched by its key alone: %s", ([, standard, version, refusal]) => {
  const text = utf8(writeExtendedPublicKey(root.public, version))
  if (refusal === null)
    expect(watchedAccount(text, standard)).toMatchObject({ standard, network: "mainnet", origin: null })
  else expect(vaultErrorOf(() => watchedAccount(text, standard)).detail).toBe(refusal)
})

test("a private key is not taken for one to watch an account by", () => {
  const text = writeExtendedPrivateKey(root).bytes
  const detail = "extended key: a private one, where a public one was expected"
  expect(vaultErrorOf(() => watchedAccount(text, "bip84")).detail).toBe(detail)
})

test("1,000 addresses hold up nobody", async () => {
  const listBoth = () =>
    Promise.all([
      listAddresses(accountOf(root, { standard: "bip86" }), { count: 1000 }),
      solanaAddresses(seed, { count: 1000 }),
    ])
  const {
    longest,
    result: [taproot, solana],
  } = await longestTurnOf(listBoth)
  expect([taproot.length, solana.length]).toEqual([1000, 1000])
  // Two lists take turns of 6 ms each; beside that, garbage is collected now and then.
  expect(longest).toBeLessThan(200)
})
