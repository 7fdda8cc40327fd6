import fc from "fast-check"
import { expect, test } from "vitest"
import { z } from "zod"
import { parseDerivationPath } from "../../../../main/crypto/wallets/bip32/derivation-path.ts"
import { ExtendedPrivateKey } from "../../../../main/crypto/wallets/bip32/extended-private-key.ts"
import { readExtendedKey } from "../../../../main/crypto/wallets/bip32/serialization.ts"
import { phraseLengths } from "../../../../main/crypto/wallets/bip39/entropy-code.ts"
import { bip39Languages } from "../../../../main/crypto/wallets/bip39/language.ts"
import { writePhrase } from "../../../../main/crypto/wallets/bip39/write-phrase.ts"
import { childEntropy } from "../../../../main/crypto/wallets/bip85/child-entropy.ts"
import {
  base64PasswordChild,
  base85PasswordChild,
  hexChild,
  phraseChild,
  wifChild,
  xprvChild,
} from "../../../../main/crypto/wallets/bip85/children.ts"
import { vaultErrorOf } from "../../../support/vault-error-of.ts"
import { hexOf, readVectors, textOf, utf8 } from "../read-vectors.ts"

const vectors = readVectors(
  "bip85/bip-0085.json",
  z.object({
    root: z.string(),
    entropy: z.array(z.object({ path: z.string(), key: z.string(), entropy: z.string() })),
    phrases: z.array(
      z.object({
        words: z.union(phraseLengths.map((length) => z.literal(length))),
        entropy: z.string(),
        mnemonic: z.string(),
      }),
    ),
    wif: z.string(),
    xprv: z.string(),
    hex64: z.string(),
    base64Of21: z.string(),
    base85Of12: z.string(),
  }),
)

const { key: root } = readExtendedKey(utf8(vectors.root))
if (!(root instanceof ExtendedPrivateKey)) throw new Error("a private key")

test.for(vectors.entropy)("$path: the derived key and its entropy", ({ path, key, entropy }) => {
  const steps = parseDerivationPath(path)
  expect(hexOf(root.derive(steps).privateKey.bytes)).toBe(key)
  expect(hexOf(childEntropy(root, steps).bytes)).toBe(entropy)
})

test.for(vectors.phrases)("a phrase of $words words", async ({ words, entropy, mnemonic }) => {
  const child = phraseChild(root, { language: "english", words, index: 0 })
  expect(hexOf(child.bytes)).toBe(entropy)
  expect(textOf((await writePhrase(child.bytes, "english")).bytes)).toBe(mnemonic)
})

test("a key in wallet import format, an xprv, bytes, and passwords of base64 and base85", () => {
  expect(textOf(wifChild(root, 0).bytes)).toBe(vectors.wif)
  expect(textOf(xprvChild(root, 0).bytes)).toBe(vectors.xprv)
  expect(textOf(hexChild(root, 64, 0).bytes)).toBe(vectors.hex64)
  expect(textOf(base64PasswordChild(root, 21, 0).bytes)).toBe(vectors.base64Of21)
  expect(textOf(base85PasswordChild(root, 12, 0).bytes)).toBe(vectors.base85Of12)
})

test("children of other languages, lengths and indexes have nothing in common", () => {
  const anyChild = fc.record({
    language: fc.constantFrom(...bip39Languages),
    words: fc.constantFrom(...phraseLengths),
    index: fc.nat({ max: 2 ** 31 - 1 }),
  })
  fc.assert(
    fc.property(anyChild, anyChild, (one, other) => {
      fc.pre(JSON.stringify(one) !== JSON.stringify(other))
      const [first, second] = [phraseChild(root, one).bytes, phraseChild(root, other).bytes]
      expect(first.length).toBe((one.words / 3) * 4)
      expect(hexOf(first.subarray(0, 8))).not.toBe(hexOf(second.subarray(0, 8)))
      expect(phraseChild(root, one).bytes).toEqual(first)
    }),
    { numRuns: 10 },
  )
})

test.for([
  ["bytes: 16 to 64", () => hexChild(root, 15, 0)],
  ["bytes: 16 to 64", () => hexChild(root, 65, 0)],
  ["length: 20 to 86", () => base64PasswordChild(root, 19, 0)],
  ["length: 20 to 86", () => base64PasswordChild(root, 87, 0)],
  ["length: 10 to 80", () => base85PasswordChild(root, 9, 0)],
  ["length: 10 to 80", () => base85PasswordChild(root, 10.5, 0)],
  ["index: 0 to 2147483647", () => wifChild(root, 2 ** 31)],
  ["index: 0 to 2147483647", () => wifChild(root, -1)],
  ["index: 0 to 2147483647", () => xprvChild(root, 0.5)],
] as const)("refused: %s", ([detail, derive]) => {
  expect(vaultErrorOf(derive)).toMatchObject({ code: "INVALID_INPUT", detail })
})
