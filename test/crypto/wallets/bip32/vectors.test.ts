import { expect, test } from "vitest"
import { z } from "zod"
import { parseDerivationPath } from "../../../../main/crypto/wallets/bip32/derivation-path.ts"
import { ExtendedPrivateKey } from "../../../../main/crypto/wallets/bip32/extended-private-key.ts"
import {
  readExtendedKey,
  writeExtendedPrivateKey,
  writeExtendedPublicKey,
} from "../../../../main/crypto/wallets/bip32/serialization.ts"
import { writeWalletImportFormat } from "../../../../main/crypto/wallets/bip32/wallet-import-format.ts"
import { vaultErrorOf } from "../../../support/vault-error-of.ts"
import { bytesOf, hexOf, readVectors, textOf, utf8 } from "../read-vectors.ts"

const Chain = z.object({ path: z.string(), xpub: z.string(), xprv: z.string() })
const standard = readVectors(
  "bip32/bip-0032.json",
  z.object({
    derivations: z.array(z.object({ seed: z.string(), chains: z.array(Chain) })),
    invalid: z.array(z.object({ reason: z.string(), key: z.string() })),
  }),
)

const Key = z.object({
  wif: z.string(),
  pubKey: z.string(),
  privKey: z.string(),
  chainCode: z.string(),
  base58: z.string(),
  base58Priv: z.string(),
  fingerprint: z.string(),
})
const fixtures = readVectors(
  "bip32/bitcoinjs.json",
  z.object({
    valid: z.array(
      z.object({
        network: z.string(),
        master: Key.extend({ seed: z.string().optional() }),
        children: z.array(Key.extend({ path: z.string(), index: z.number(), depth: z.number() })),
      }),
    ),
    invalid: z.object({
      fromBase58: z.array(z.object({ exception: z.string(), string: z.string() })),
      fromSeed: z.array(z.object({ seed: z.string() })),
    }),
  }),
)
const bitcoin = fixtures.valid.filter(({ network }) => network === "bitcoin")

function expectKey(key: ExtendedPrivateKey, expected: z.infer<typeof Key>): void {
  expect({
    wif: textOf(writeWalletImportFormat(key.privateKey.bytes).bytes),
    pubKey: hexOf(key.public.publicKey),
    privKey: hexOf(key.privateKey.bytes),
    chainCode: hexOf(key.chainCode.bytes),
    base58: writeExtendedPublicKey(key.public),
    base58Priv: textOf(writeExtendedPrivateKey(key).bytes),
    fingerprint: hexOf(key.public.fingerprint),
  }).toMatchObject(Key.parse(expected))
}

test("vectors 1 and 2 of the standard and more: keys, chain codes, fingerprints and both texts", () => {
  expect(bitcoin.length).toBe(4)
  for (const { master, children } of bitcoin) {
    const root =
      master.seed === undefined
        ? readExtendedKey(utf8(master.base58Priv)).key
        : ExtendedPrivateKey.fromSeed(bytesOf(master.seed))
    if (!(root instanceof ExtendedPrivateKey)) throw new Error("a private key")
    expectKey(root, master)
    for (const child of children) expectKey(root.derive(parseDerivationPath(child.path)), child)
  }
})

test.for(standard.derivations)(
  "vectors 3 and 4 of the standard, which keep zeros in front: $seed",
  ({ seed, chains }) => {
    const root = ExtendedPrivateKey.fromSeed(bytesOf(seed))
    for (const { path, xpub, xprv } of chains) {
      const key = root.derive(path === "m" ? [] : parseDerivationPath(path))
      expect(writeExtendedPublicKey(key.public)).toBe(xpub)
      expect(textOf(writeExtendedPrivateKey(key).bytes)).toBe(xprv)
    }
  },
)

/** What the user is told, by what vector 5 of the standard says is wrong. */
const told: readonly (readonly [RegExp, string])[] = [
  [/prvkey mismatch/, "its version is that of a public key, its key is none"],
  [/pubkey mismatch/, "its version is that of a private key, its key is none"],
  [/invalid pubkey prefix/, "its version is that of a public key, its key is none"],
  [/invalid prvkey prefix/, "its version is that of a private key, its key is none"],
  [/parent fingerprint/, "a root with a parent"],
  [/non-zero index/, "a root with an index"],
  [/unknown extended key version/, "of another coin, or for multisignature"],
  [/private key/, "its private key is outside the curve's order"],
  [/invalid pubkey 02/, "its public key is not a point on the curve"],
  [/invalid checksum/, "mistyped: its checksum does not fit"],
]

test("vector 5 of the standard has 16 keys", () => {
  expect(standard.invalid).toHaveLength(16)
})

test.for(standard.invalid)("$reason: refused, and why", ({ reason, key }) => {
  const [, detail] = told.find(([pattern]) => pattern.test(reason)) ?? []
  expect(vaultErrorOf(() => readExtendedKey(utf8(key)))).toMatchObject({
    code: "INVALID_INPUT",
    detail: `extended key: ${detail}`,
  })
})

test.for(fixtures.invalid.fromBase58.filter(({ string }) => !string.startsWith("xprv9s21ZrQYdgnodnKW4Drm")))(
  "bitcoinjs calls it invalid, and so do we: $exception",
  ({ string }) => {
    expect(vaultErrorOf(() => readExtendedKey(utf8(string))).code).toBe("INVALID_INPUT")
  },
)

test.for(fixtures.invalid.fromSeed)("a seed of too few or too many bytes has no root", ({ seed }) => {
  expect(vaultErrorOf(() => ExtendedPrivateKey.fromSeed(bytesOf(seed))).detail).toBe("the seed: not 16 to 64 bytes")
})
