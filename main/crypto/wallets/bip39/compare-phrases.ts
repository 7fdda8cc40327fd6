import { indexesOf } from "./entropy-code.ts"
import type { Bip39Language } from "./language.ts"
import { PhraseWords } from "./phrase-words.ts"
import { WordIndexes } from "./word-indexes.ts"
import { loadWordList } from "./word-list.ts"

/** How a written copy compares with the phrase. No word is told. */
export interface PhraseComparison {
  readonly matches: boolean
  /** Places, counted from 1, where the copy has another word, one of no list, or none; and those beyond the phrase's end. */
  readonly wrongPositions: readonly number[]
}

/** No word of a list has these indexes, and they differ: what neither has is no match. */
const unknownWord = 0xffff
const missing = 0x1_0000

/**
 * Compares a written copy with the phrase of a seed, place by place. All places are compared, in the same way, whatever was found before.
 *
 * @param copy - UTF-8, as `readPhrase` takes it; its checksum does not matter
 * @param entropy - what the phrase of the seed stands for
 * @throws INVALID_INPUT when the copy is not UTF-8 or too long
 */
export async function comparePhrase(
  copy: Uint8Array,
  entropy: Uint8Array,
  language: Bip39Language,
): Promise<PhraseComparison> {
  using written = new PhraseWords(copy)
  const list = await loadWordList(language)
  using expected = indexesOf(entropy)
  using found = new WordIndexes(written.words.length)
  for (const [position, word] of written.words.entries()) found.values[position] = list.indexOf(word) ?? unknownWord
  const places = Array.from({ length: Math.max(expected.values.length, found.values.length) }, (_, place) => place + 1)
  const wrongPositions = places.filter((place) => {
    const difference = (expected.values[place - 1] ?? missing) ^ (found.values[place - 1] ?? missing)
    return difference !== 0
  })
  return { matches: wrongPositions.length === 0, wrongPositions }
}
