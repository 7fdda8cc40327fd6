import fc from "fast-check"
import { expect, test } from "vitest"
import { z } from "zod"
import { type Account, accountOf } from "../../../../main/crypto/wallets/addresses/account.ts"
import { accountDescriptors } from "../../../../main/crypto/wallets/addresses/descriptor.ts"
import {
  hasRightDescriptorChecksum,
  withChecksum,
} from "../../../../main/crypto/wallets/addresses/descriptor-checksum.ts"
import { vaultErrorOf } from "../../../support/vault-error-of.ts"
import { readVectors } from "../read-vectors.ts"
import { walletOf } from "../wallet-of-phrase.ts"

const vectors = readVectors(
  "wallet-accounts/descriptors.json",
  z.object({
    valid: z.array(z.string()),
    invalid: z.array(z.string()),
    bip84Account: z.object({ both: z.string(), receiving: z.string() }),
  }),
)
const { root } = await walletOf(`${"abandon ".repeat(11)}about`)

test.for(vectors.valid)("%s has the right checksum, and it is the one that we write", (text) => {
  expect(hasRightDescriptorChecksum(text)).toBe(true)
  expect(withChecksum(text.replace(/#.*/, ""))).toBe(text)
})

test.for(vectors.invalid)("%s has not the right checksum", (text) => {
  expect(hasRightDescriptorChecksum(text)).toBe(false)
})

test("a checksum finds any one character that is wrong", () => {
  const letter = fc.constantFrom(
    ..."0123456789()[],'/*abcdefgh@:$%{}IJKLMNOPQRSTUVWXYZ&+-.;<=>?!^_|~ijklmnopqrstuvwxyzABCDEFGH`",
  )
  fc.assert(
    fc.property(fc.string({ unit: letter, minLength: 1 }), fc.nat(), letter, (text, where, wrong) => {
      const right = withChecksum(text)
      const at = where % right.length
      fc.pre(right[at] !== wrong)
      expect(hasRightDescriptorChecksum(right)).toBe(true)
      expect(hasRightDescriptorChecksum(right.slice(0, at) + wrong + right.slice(at + 1))).toBe(false)
    }),
    { numRuns: 300 },
  )
})

test("the account of BIP-0084 has the descriptors that other programs give it", () => {
  expect(accountDescriptors(accountOf(root, { standard: "bip84" }))).toMatchObject(vectors.bip84Account)
})

test.for([
  ["bip44", /^pkh\(\[73c5da0a\/44h\/0h\/0h\]xpub\w+\/<0;1>\/\*\)#\w{8}$/],
  ["bip49", /^sh\(wpkh\(\[73c5da0a\/49h\/0h\/0h\]xpub\w+\/<0;1>\/\*\)\)#\w{8}$/],
  ["bip84", /^wpkh\(\[73c5da0a\/84h\/0h\/0h\]xpub\w+\/<0;1>\/\*\)#\w{8}$/],
  ["bip86", /^tr\(\[73c5da0a\/86h\/0h\/0h\]xpub\w+\/<0;1>\/\*\)#\w{8}$/],
] as const)("%s: its script, where its key is from, its xpub and its two chains", ([standard, pattern]) => {
  const { both, receiving, change } = accountDescriptors(accountOf(root, { standard }))
  expect(both).toMatch(pattern)
  const withoutChecksum = both.replace(/#.*/, "")
  expect(receiving).toBe(withChecksum(withoutChecksum.replace("<0;1>", "0")))
  expect(change).toBe(withChecksum(withoutChecksum.replace("<0;1>", "1")))
})

test("an account that was given by its xpub alone does not say where that is from", () => {
  const account: Account = { ...accountOf(root, { standard: "bip86" }), origin: null }
  expect(accountDescriptors(account).both).toMatch(/^tr\(xpub\w+\/<0;1>\/\*\)#\w{8}$/)
})

test("testnet's keys are written as tpub, whatever the standard", () => {
  const { both } = accountDescriptors(accountOf(root, { standard: "bip84", network: "testnet" }))
  expect(both).toMatch(/^wpkh\(\[73c5da0a\/84h\/1h\/0h\]tpub\w+\/<0;1>\/\*\)#\w{8}$/)
})

test("Ethereum has no output descriptors", () => {
  const account = accountOf(root, { standard: "eth" })
  expect(vaultErrorOf(() => accountDescriptors(account)).detail).toBe("eth has no output descriptors")
})
