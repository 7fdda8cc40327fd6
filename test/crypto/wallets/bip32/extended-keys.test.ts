import { HDKey } from "@scure/bip32"
import fc from "fast-check"
import { expect, test } from "vitest"
import { hardened, hardenedOffset } from "../../../../main/crypto/wallets/bip32/derivation-path.ts"
import { ExtendedPrivateKey } from "../../../../main/crypto/wallets/bip32/extended-private-key.ts"
import type { KeyFlavour, Network } from "../../../../main/crypto/wallets/bip32/key-versions.ts"
import {
  readExtendedKey,
  writeExtendedPrivateKey,
  writeExtendedPublicKey,
} from "../../../../main/crypto/wallets/bip32/serialization.ts"
import { VaultError } from "../../../../main/domain/vault-error.ts"
import { vaultErrorOf } from "../../../support/vault-error-of.ts"
import { bytesOf, textOf, utf8 } from "../read-vectors.ts"

const anySeed = fc.uint8Array({ minLength: 16, maxLength: 64 })
const anyIndex = fc.oneof(fc.nat({ max: 5 }), fc.integer({ min: 0, max: hardenedOffset - 1 }))
const anyStep = fc.tuple(anyIndex, fc.boolean()).map(([index, isHard]) => (isHard ? hardened(index) : index))
const seed = bytesOf("000102030405060708090a0b0c0d0e0f")

test("any key of any tree is the one that @scure/bip32 derives", () => {
  fc.assert(
    fc.property(anySeed, fc.array(anyStep, { maxLength: 4 }), (bytes, path) => {
      const theirs = path.reduce((key, index) => key.deriveChild(index), HDKey.fromMasterSeed(bytes))
      const ours = ExtendedPrivateKey.fromSeed(bytes).derive(path)
      expect(textOf(writeExtendedPrivateKey(ours).bytes)).toBe(theirs.privateExtendedKey)
      expect(writeExtendedPublicKey(ours.public)).toBe(theirs.publicExtendedKey)
    }),
    { numRuns: 40 },
  )
})

test("without the private key the same public children come out", () => {
  fc.assert(
    fc.property(anySeed, fc.array(anyIndex, { minLength: 1, maxLength: 3 }), (bytes, path) => {
      const account = ExtendedPrivateKey.fromSeed(bytes).derive([hardened(84)])
      const watched = account.public.derive(path)
      expect(writeExtendedPublicKey(watched)).toBe(writeExtendedPublicKey(account.derive(path).public))
    }),
    { numRuns: 20 },
  )
})

test("a hardened child of a public key is refused", () => {
  const key = ExtendedPrivateKey.fromSeed(seed).public
  expect(vaultErrorOf(() => key.derive([hardened(0)])).detail).toBe("a hardened child needs the private key")
})

test("a tree is 255 steps deep and no deeper", () => {
  const key = ExtendedPrivateKey.fromSeed(seed).derive(Array<number>(255).fill(hardened(0)))
  expect(key.place.depth).toBe(255)
  expect(vaultErrorOf(() => key.derive([hardened(0)])).detail).toBe("path: deeper than 255 steps")
  expect(vaultErrorOf(() => key.public.derive([0])).detail).toBe("path: deeper than 255 steps")
})

test("disposing of a key wipes it, and leaves its children and its public half", () => {
  const root = ExtendedPrivateKey.fromSeed(seed)
  const child = root.derive([0])
  const watched = writeExtendedPublicKey(root.public)
  const { public: kept } = root
  root[Symbol.dispose]()
  expect(root.privateKey.bytes).toEqual(new Uint8Array(32))
  expect(root.chainCode.bytes).toEqual(new Uint8Array(32))
  expect(child.privateKey.bytes).not.toEqual(new Uint8Array(32))
  expect(writeExtendedPublicKey(kept)).toBe(watched)
})

const versions = (["mainnet", "testnet"] satisfies Network[]).flatMap((network) =>
  (["x", "y", "z"] satisfies KeyFlavour[]).map((flavour) => ({ network, flavour })),
)
const prefixes = { mainnet: { x: "x", y: "y", z: "z" }, testnet: { x: "t", y: "u", z: "v" } }

test.for(versions)("keys of the $network with the prefix of $flavour are written and read", ({ network, flavour }) => {
  const key = ExtendedPrivateKey.fromSeed(seed).derive([hardened(84), 7])
  const texts = [
    textOf(writeExtendedPrivateKey(key, { network, flavour }).bytes),
    writeExtendedPublicKey(key.public, { network, flavour }),
  ]
  const prefix = prefixes[network][flavour]
  expect(texts.map((text) => text.slice(0, 4))).toEqual([`${prefix}prv`, `${prefix}pub`])
  for (const text of texts) {
    const read = readExtendedKey(utf8(`  ${text}\r\n`))
    expect(read).toMatchObject({ network, flavour })
    const again = read.isPrivate
      ? textOf(writeExtendedPrivateKey(read.key, { network, flavour }).bytes)
      : writeExtendedPublicKey(read.key, { network, flavour })
    expect(again).toBe(text)
  }
})

test("whatever is read, it is a key or a VaultError that repeats nothing", () => {
  const text = textOf(writeExtendedPrivateKey(ExtendedPrivateKey.fromSeed(seed)).bytes)
  const changed = fc
    .tuple(fc.nat({ max: text.length }), fc.nat({ max: 4 }), fc.string({ maxLength: 4 }))
    .map(([place, removed, added]) => text.slice(0, place) + added + text.slice(place + removed))
  fc.assert(
    fc.property(fc.oneof(changed, fc.string({ unit: "binary" })), (input) => {
      try {
        readExtendedKey(utf8(input))
      } catch (error) {
        expect(error).toBeInstanceOf(VaultError)
        expect(String(error)).not.toContain(text.slice(20, 40))
      }
    }),
    { numRuns: 1000 },
  )
})
