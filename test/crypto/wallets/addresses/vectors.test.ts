import { expect, test } from "vitest"
import { z } from "zod"
import { secp256k1 } from "../../../../main/crypto/secp256k1-curve.ts"
import { accountKeyText, accountOf, watchedAccount } from "../../../../main/crypto/wallets/addresses/account.ts"
import { bitcoinAddress } from "../../../../main/crypto/wallets/addresses/bitcoin-address.ts"
import { checksummed } from "../../../../main/crypto/wallets/addresses/ethereum-address.ts"
import { listAddresses } from "../../../../main/crypto/wallets/addresses/list-addresses.ts"
import { solanaAddresses } from "../../../../main/crypto/wallets/addresses/solana-addresses.ts"
import { addressStandards } from "../../../../main/crypto/wallets/addresses/standards.ts"
import { parseDerivationPath } from "../../../../main/crypto/wallets/bip32/derivation-path.ts"
import { ExtendedPublicKey, rootPlace } from "../../../../main/crypto/wallets/bip32/extended-public-key.ts"
import { readExtendedKey, writeExtendedPrivateKey } from "../../../../main/crypto/wallets/bip32/serialization.ts"
import { writeWalletImportFormat } from "../../../../main/crypto/wallets/bip32/wallet-import-format.ts"
import { bytesOf, hexOf, readVectors, textOf, utf8 } from "../read-vectors.ts"
import { walletOf } from "../wallet-of-phrase.ts"

const vectors = readVectors(
  "wallet-accounts/accounts.json",
  z.object({
    mnemonic: z.string(),
    fingerprint: z.string(),
    accounts: z.array(
      z.object({
        source: z.string(),
        standard: z.enum(addressStandards).exclude(["eth", "sol"]),
        network: z.enum(["mainnet", "testnet"]),
        path: z.string(),
        publicKey: z.string(),
        privateKey: z.string(),
        receiving: z.array(z.string()),
        change: z.array(z.string()),
      }),
    ),
    privateKeys: z.array(z.object({ path: z.string(), wif: z.string(), publicKey: z.string() })),
  }),
)
const { root } = await walletOf(vectors.mnemonic)

test("the root's fingerprint is what all wallets show for this phrase", () => {
  expect(hexOf(root.public.fingerprint)).toBe(vectors.fingerprint)
})

test.for(vectors.accounts)(
  "$standard of $source, $network: the account's keys and its addresses",
  async ({ standard, network, path, publicKey, privateKey, receiving, change }) => {
    const account = accountOf(root, { standard, network })
    expect(accountKeyText(account)).toBe(publicKey)
    const read = readExtendedKey(utf8(privateKey))
    const { flavour } = read
    const derived = writeExtendedPrivateKey(root.derive(parseDerivationPath(path)), { flavour, network })
    expect(textOf(derived.bytes)).toBe(privateKey)
    const expected = (addresses: readonly string[], chain: number) =>
      addresses.map((address, index) => ({ path: `${path}/${chain}/${index}`, address }))
    expect(await listAddresses(account, { count: receiving.length })).toEqual(expected(receiving, 0))
    if (change.length === 0) return
    expect(await listAddresses(account, { count: change.length, isChange: true })).toEqual(expected(change, 1))
  },
)

test.for(vectors.accounts)(
  "$standard of $source, $network: the same addresses from the account's public key alone",
  async ({ standard, network, publicKey, receiving }) => {
    const account = watchedAccount(utf8(publicKey), standard)
    expect(account.network).toBe(network)
    const listed = await listAddresses(account, { count: receiving.length })
    expect(listed).toEqual(receiving.map((address, index) => ({ path: `0/${index}`, address })))
  },
)

test.for(vectors.privateKeys)("$path of BIP-0084 in wallet import format", ({ path, wif, publicKey }) => {
  const key = root.derive(parseDerivationPath(path))
  expect(textOf(writeWalletImportFormat(key.privateKey.bytes).bytes)).toBe(wif)
  expect(hexOf(key.public.publicKey)).toBe(publicKey)
})

test("the key path of BIP-0341 without scripts pays to the address of its vector", () => {
  const { scriptPubKey } = readVectors(
    "wallet-accounts/bip-0341.json",
    z.object({
      scriptPubKey: z.array(
        z.object({
          given: z.object({ internalPubkey: z.string(), scriptTree: z.unknown() }),
          expected: z.object({ bip350Address: z.string() }),
        }),
      ),
    }),
  )
  const [vector, ...others] = scriptPubKey.filter(({ given }) => given.scriptTree === null)
  if (vector === undefined) throw new Error("no vector without scripts")
  expect(others).toEqual([])
  for (const parity of ["02", "03"]) {
    const point = secp256k1.Point.fromBytes(bytesOf(parity + vector.given.internalPubkey))
    const key = new ExtendedPublicKey(point, new Uint8Array(32), rootPlace)
    expect(bitcoinAddress(key, "tr", "mainnet")).toBe(vector.expected.bip350Address)
  }
})

const ethereum = readVectors(
  "other-chains/eip-55.json",
  z.object({
    addresses: z.array(z.string()),
    firstAccount: z.object({ mnemonic: z.string(), path: z.string(), address: z.string() }),
  }),
)

test.for(ethereum.addresses)("%s has the case that EIP-55 asks for", (address) => {
  expect(checksummed(address.slice(2).toLowerCase())).toBe(address)
})

test("the first account of Ethereum is what all wallets show for this phrase", async () => {
  const { mnemonic, path, address } = ethereum.firstAccount
  const account = accountOf((await walletOf(mnemonic)).root, { standard: "eth" })
  expect(await listAddresses(account, { count: 1 })).toEqual([{ path, address }])
})

test("ten accounts of Solana are those of its cookbook", async () => {
  const { mnemonic, addresses } = readVectors(
    "other-chains/solana.json",
    z.object({ mnemonic: z.string(), addresses: z.array(z.string()) }),
  )
  const { seed } = await walletOf(mnemonic)
  expect(await solanaAddresses(seed, { count: 10 })).toEqual(
    addresses.map((address, index) => ({ path: `m/44'/501'/${index}'/0'`, address })),
  )
})
