import fc from "fast-check"
import { expect, test } from "vitest"
import { bytesIn, readBits, wordsFor, writeBits } from "../../../main/crypto/slip39/word-bits.ts"

test.for([
  [16, 13],
  [18, 15],
  [32, 26],
  [64, 52],
  [256, 205],
] as const)("%i bytes take %i words, and back", ([bytes, words]) => {
  expect(wordsFor(bytes)).toBe(words)
  expect(bytesIn(words)).toBe(bytes)
})

test.for([14, 17, 25])("%i words hold no value: a word is missing or too many", (words) => {
  expect(bytesIn(words)).toBeNull()
})

test("the words are the bytes as one big number", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 8, maxLength: 128 }), (half) => {
      const bytes = new Uint8Array([...half, ...half])
      const words = new Uint16Array(wordsFor(bytes.length))
      writeBits(bytes, words)
      const number = words.reduce((sum, word) => sum * 1024n + BigInt(word), 0n)
      expect(number).toBe(BigInt(`0x${Buffer.from(bytes).toString("hex")}`))
      const read = new Uint8Array(bytes.length)
      expect(readBits(words, read)).toBe(true)
      expect(read).toEqual(bytes)
    }),
  )
})

test("a bit set in front of the value is found, whichever it is", () => {
  for (const size of [16, 18, 32]) {
    const words = new Uint16Array(wordsFor(size))
    for (let bit = 10 - (words.length * 10 - size * 8); bit < 10; bit++) {
      words[0] = 1 << bit
      expect(readBits(words, new Uint8Array(size))).toBe(false)
    }
  }
})
