import fc from "fast-check"
import { expect, test } from "vitest"
import { phraseLengths } from "../../../../main/crypto/wallets/bip39/entropy-code.ts"
import { generateEntropy, generateMixedEntropy } from "../../../../main/crypto/wallets/bip39/generate-entropy.ts"
import { estimateRollEntropy } from "../../../../main/crypto/wallets/bip39/roll-entropy.ts"
import { readRolls } from "../../../../main/crypto/wallets/bip39/rolls.ts"
import { VaultError } from "../../../../main/domain/vault-error.ts"
import { SeededRandom } from "../../../support/seeded-random.ts"
import { vaultErrorOf } from "../../../support/vault-error-of.ts"
import { hexOf, utf8 } from "../read-vectors.ts"

/** Throws that look fair, the same in each run. */
function fairThrows(count: number, sides: string, seed: number): string {
  const random = new SeededRandom(String(seed))
  return Array.from({ length: count }, () => random.oneOf([...sides])).join("")
}

const dice = fairThrows(99, "123456", 1)

test.for(phraseLengths)("%i words have a third of as many 32-bit groups of entropy", (words) => {
  using alone = generateEntropy(words)
  using mixed = generateMixedEntropy(words, utf8(dice)).entropy
  expect([alone.bytes.length, mixed.bytes.length]).toEqual([(words / 3) * 4, (words / 3) * 4])
})

test("no two phrases of a thousand are the same, with the same throws mixed in or with none", () => {
  const drawn = Array.from({ length: 1000 }, () => [
    hexOf(generateEntropy(12).bytes),
    hexOf(generateMixedEntropy(12, utf8(dice)).entropy.bytes),
  ])
  expect(new Set(drawn.flat()).size).toBe(2000)
})

test("what the throws are worth is told, and never more than the ideal", () => {
  const { kind, throws, estimate } = generateMixedEntropy(24, utf8(dice))
  expect({ kind, throws }).toEqual({ kind: "dice", throws: 99 })
  expect(estimate).toBeGreaterThan(90)
  expect(estimate).toBeLessThan(99 * Math.log2(6))
})

test.for([
  ["heads and tails", "hhtTTHth", "coins", [0, 0, 1, 1, 1, 0, 1, 0]],
  ["zeros and ones", "0 1, 1;0\r\n1", "coins", [0, 1, 1, 0, 1]],
  ["dice", "1 2 3\n4,5;6", "dice", [0, 1, 2, 3, 4, 5]],
  ["ones alone", "111", "dice", [0, 0, 0]],
  ["nothing", " \n", "dice", []],
] as const)("%s are read", ([, text, kind, values]) => {
  const rolls = readRolls(utf8(text))
  expect(rolls.kind).toBe(kind)
  expect([...rolls.values.bytes]).toEqual(values)
})

test.for([
  ["1237", "the throws: character 4 is of no die or coin"],
  ["12 x", "the throws: character 4 is of no die or coin"],
  ["é", "the throws: character 1 is of no die or coin"],
  ["0123", "the throws: dice and coins in one text"],
  ["h6", "the throws: dice and coins in one text"],
] as const)("%s: %s", ([text, detail]) => {
  expect(vaultErrorOf(() => readRolls(utf8(text)))).toMatchObject({ code: "INVALID_INPUT", detail })
})

test.for([
  ["49 dice", fairThrows(49, "123456", 2), "the throws: 49 are too few; 50 of a die or 128 of a coin"],
  ["127 coins", fairThrows(127, "ht", 2), "the throws: 127 are too few; 50 of a die or 128 of a coin"],
  ["one face again and again", "3".repeat(200), "the throws: too regular to be chance"],
  ["a staircase", "123456".repeat(20), "the throws: too regular to be chance"],
  ["up and down", "1234565432".repeat(20), "the throws: too regular to be chance"],
  ["heads and tails in turn", "ht".repeat(100), "the throws: too regular to be chance"],
  ["pairs in turn", "0011".repeat(50), "the throws: too regular to be chance"],
] as const)("%s are refused", ([, text, detail]) => {
  expect(vaultErrorOf(() => generateMixedEntropy(12, utf8(text)))).toMatchObject({ code: "INVALID_INPUT", detail })
})

test("a loaded die is worth less than a fair one, which is worth less than the ideal", () => {
  const fair = estimateRollEntropy(readRolls(utf8(fairThrows(100, "123456", 3))))
  const loaded = estimateRollEntropy(readRolls(utf8(fairThrows(100, "1234566666", 3))))
  expect(loaded).toBeLessThan(fair)
  expect(fair).toBeLessThan(100 * Math.log2(6))
})

test.for([
  ["50 dice", 50, "123456"],
  ["128 coins", 128, "01"],
] as const)("fair throws of the least number are hardly ever refused: %s", ([, count, sides]) => {
  const refused = Array.from({ length: 1000 }, (_, seed) => fairThrows(count, sides, seed + 10)).filter(
    (text) => estimateRollEntropy(readRolls(utf8(text))) < 24,
  )
  expect(refused.length).toBeLessThan(5)
})

test("whatever the text, it is mixed in or refused with a VaultError that repeats none of it", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(..."123456htHT01 \n"), maxLength: 300 })),
      (text) => {
        try {
          generateMixedEntropy(12, utf8(text))
        } catch (error) {
          expect(error).toBeInstanceOf(VaultError)
        }
      },
    ),
  )
})
