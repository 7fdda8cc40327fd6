import fc from "fast-check"
import { expect, test } from "vitest"
import { hasRightChecksum, suspectWord, writeChecksum } from "../../../main/crypto/slip39/rs1024.ts"

const word = fc.integer({ min: 0, max: 1023 })
const change = fc.integer({ min: 1, max: 1023 })
const position = fc.integer({ min: 0, max: 19 })

/** 20 words with the right checksum. */
const rightWords = fc.array(word, { minLength: 17, maxLength: 17 }).map((data) => {
  const words = Uint16Array.from([...data, 0, 0, 0])
  writeChecksum(words, true)
  return words
})

test("a checksum that was written is right, and not that of the other kind of share", () => {
  fc.assert(
    fc.property(rightWords, (words) => {
      expect(hasRightChecksum(words, true)).toBe(true)
      expect(hasRightChecksum(words, false)).toBe(false)
    }),
  )
})

test("one wrong word is found, and its place told", () => {
  fc.assert(
    fc.property(rightWords, position, change, (words, at, difference) => {
      words[at] = (words[at] ?? 0) ^ difference
      expect(hasRightChecksum(words, true)).toBe(false)
      expect(suspectWord(words, true)).toBe(at)
    }),
  )
})

test("two wrong words are found, and no word is accused", () => {
  fc.assert(
    fc.property(rightWords, position, position, change, change, (words, at, other, first, second) => {
      fc.pre(at !== other)
      words[at] = (words[at] ?? 0) ^ first
      words[other] = (words[other] ?? 0) ^ second
      expect(hasRightChecksum(words, true)).toBe(false)
      expect(suspectWord(words, true)).toBeNull()
    }),
  )
})
