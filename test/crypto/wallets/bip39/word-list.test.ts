import { expect, test } from "vitest"
import { bip39Languages, habits } from "../../../../main/crypto/wallets/bip39/language.ts"
import { loadWordList } from "../../../../main/crypto/wallets/bip39/word-list.ts"
import { textOf, utf8 } from "../read-vectors.ts"

test.for(bip39Languages)("every word of %s is found where it is, and is in form KD", async (language) => {
  const list = await loadWordList(language)
  expect(list.words).toHaveLength(2048)
  expect(list.words.map((word) => list.indexOf(utf8(word)))).toEqual([...list.words.keys()])
  expect(list.words.map((_, index) => textOf(list.wordAt(index)))).toEqual(list.words)
  expect(list.words.map((word) => word.normalize("NFKD"))).toEqual(list.words)
})

/** First word, last word, and one with what the language is known for (github.com/bitcoin/bips, bip-0039). */
const samples = [
  ["english", "abandon", "zoo"],
  ["japanese", "あいこくしん", "われる"],
  ["korean", "가격", "힘껏"],
  ["spanish", "ábaco", "zurdo"],
  ["chinese_simplified", "的", "歇"],
  ["chinese_traditional", "的", "歇"],
  ["french", "abaisser", "zoologie"],
  ["italian", "abaco", "zuppa"],
  ["czech", "abdikace", "zvyk"],
  ["portuguese", "abacate", "zumbido"],
] as const

test.for(samples)("the list of %s goes from %s to %s", async ([language, first, last]) => {
  const list = await loadWordList(language)
  expect([list.words[0], list.words.at(-1)]).toEqual([first.normalize("NFKD"), last.normalize("NFKD")])
})

test.for(bip39Languages.filter((language) => habits[language].isLatin))(
  "in %s four letters or more tell a word, with or without marks",
  async (language) => {
    const list = await loadWordList(language)
    for (const [index, word] of list.words.entries()) {
      const plain = word.replace(/[\u0300-\u036f]/g, "")
      expect(list.indexOf(utf8(plain))).toBe(index)
      for (let length = 4; length < plain.length; length++) {
        expect(list.indexOf(utf8(plain.slice(0, length)))).toBe(index)
      }
    }
  },
)

test.for([
  ["english", "aba"],
  ["english", "abandonx"],
  ["english", "abandoned"],
  ["english", ""],
  ["english", "zzzz"],
  ["english", "aaaa"],
  ["japanese", "あいこ"],
  ["korean", "가"],
  ["chinese_simplified", "歇歇"],
] as const)("in %s '%s' is no word", async ([language, text]) => {
  const list = await loadWordList(language)
  expect(list.indexOf(utf8(text.normalize("NFKD")))).toBeNull()
})
