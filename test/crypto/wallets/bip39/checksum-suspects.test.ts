import fc from "fast-check"
import { expect, test } from "vitest"
import { checksumSuspects } from "../../../../main/crypto/wallets/bip39/checksum-suspects.ts"
import { entropyOf, indexesOf } from "../../../../main/crypto/wallets/bip39/entropy-code.ts"
import { similarWords } from "../../../../main/crypto/wallets/bip39/similar-words.ts"
import { WordIndexes } from "../../../../main/crypto/wallets/bip39/word-indexes.ts"
import { loadWordList } from "../../../../main/crypto/wallets/bip39/word-list.ts"

const english = await loadWordList("english")
const chinese = await loadWordList("chinese_simplified")

function similarTo(word: string): string[] {
  return [...similarWords(english.words.indexOf(word), english).values].map((index) => english.words[index] ?? "")
}

/** The words with which one is mistaken for, by the slow and plain definition: Damerau's distance is 1. */
function isOneApart(one: string, other: string): boolean {
  const letters = "abcdefghijklmnopqrstuvwxyz"
  const places = [...Array(one.length + 1).keys()]
  return places.some((place) => {
    const [before, after] = [one.slice(0, place), one.slice(place)]
    const changed = [before + after.slice(1), before + (after[1] ?? "") + (after[0] ?? "") + after.slice(2)]
    const inserted = [...letters].flatMap((letter) => [before + letter + after, before + letter + after.slice(1)])
    return [...changed, ...inserted].includes(other)
  })
}

test("similar words are those one letter or one exchange apart", () => {
  expect(similarTo("winner")).toEqual(["dinner", "inner", "winter"])
  expect(similarTo("act")).toEqual(["art", "cat", "pact"])
  expect(similarTo("zoo")).toEqual([])
})

test("similarity is what the plain definition says, for any two words", () => {
  fc.assert(
    fc.property(fc.constantFrom(...english.words), (word) => {
      const expected = english.words.filter((other) => other !== word && isOneApart(word, other))
      expect(similarTo(word)).toEqual(expected)
    }),
    { numRuns: 20 },
  )
})

test("characters are not similar by their letters: Chinese phrases get no suggestion", async () => {
  using indexes = indexesOf(new Uint8Array(16))
  indexes.values[3] = 77
  expect(await checksumSuspects(indexes, chinese)).toEqual({ positions: [], candidates: 0 })
})

test("the place of a word that was mistaken for a similar one is among the suspects, unless several words fit there", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(16, 32).chain((size) => fc.uint8Array({ minLength: size, maxLength: size })),
      fc.nat(),
      fc.nat(),
      async (entropy, where, which) => {
        using indexes = indexesOf(entropy)
        const place = where % indexes.values.length
        const right = indexes.values[place] ?? 0
        const { values } = similarWords(right, english)
        fc.pre(values.length > 0)
        using wrong = WordIndexes.copyOf(indexes)
        wrong.values[place] = values[which % values.length] ?? 0
        fc.pre(entropyOf(wrong) === null)
        const fitting = [...similarWords(wrong.values[place] ?? 0, english).values].filter((index) => {
          using tried = WordIndexes.copyOf(wrong)
          tried.values[place] = index
          return entropyOf(tried) !== null
        })
        const { positions, candidates } = await checksumSuspects(wrong, english)
        expect(fitting).toContain(right)
        expect(positions.includes(place + 1)).toBe(fitting.length === 1)
        expect(candidates).toBeGreaterThanOrEqual(positions.length)
      },
    ),
    { numRuns: 200 },
  )
})

test("a phrase of 24 words with one mistake has hardly any other suspect", async () => {
  const counts: number[] = []
  for (let seed = 0; seed < 40; seed++) {
    using indexes = indexesOf(new Uint8Array(32).fill(seed * 6 + 1))
    const place = [...indexes.values].findIndex((index) => similarWords(index, english).values.length > 0)
    if (place === -1) continue
    indexes.values[place] = similarWords(indexes.values[place] ?? 0, english).values[0] ?? 0
    if (entropyOf(indexes) === null) counts.push((await checksumSuspects(indexes, english)).candidates)
  }
  expect(counts.length).toBeGreaterThan(20)
  expect(counts.filter((count) => count === 1).length).toBeGreaterThan(counts.length * 0.7)
})
