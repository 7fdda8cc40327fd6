import { expect, test } from "vitest"
import { indexOfWord, wordAt, wordCount } from "../../../main/crypto/slip39/word-list.ts"

const words = Array.from({ length: wordCount }, (_, index) => Buffer.from(wordAt(index)).toString())

function padded(word: string): Uint8Array {
  return new Uint8Array(8).map((_, index) => word.charCodeAt(index) || 0)
}

test("there are 1024 words of 4 to 8 letters in alphabetical order, each told by its first four letters", () => {
  expect(words).toHaveLength(1024)
  expect(words.every((word) => /^[a-z]{4,8}$/.test(word))).toBe(true)
  expect(words.every((word, index) => index === 0 || word > (words[index - 1] ?? ""))).toBe(true)
  expect(new Set(words.map((word) => word.slice(0, 4))).size).toBe(1024)
})

test("the first and the last word are those of SLIP-0039", () => {
  expect([words[0], words[1], words[1022], words[1023]]).toEqual(["academic", "acid", "yoga", "zero"])
})

test("every word is found where it is", () => {
  expect(words.map((word) => indexOfWord(padded(word)))).toEqual(words.map((_, index) => index))
})

test("the first four letters of a word are enough, and more of them do no harm", () => {
  for (const length of [4, 5, 6, 7]) {
    expect(words.map((word) => indexOfWord(padded(word.slice(0, length))))).toEqual(words.map((_, index) => index))
  }
})

test.for(["", "aca", "aaaa", "academia", "acids", "zeros", "zzzzzzzz"])("'%s' is no word", (word) => {
  expect(indexOfWord(padded(word))).toBeNull()
})
