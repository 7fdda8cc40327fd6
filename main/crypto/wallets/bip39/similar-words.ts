import { WordIndexes } from "./word-indexes.ts"
import type { WordList } from "./word-list.ts"

/**
 * The words that one may write or read instead of another: one letter more, less or other, or two neighbours exchanged.
 * None in a list whose words are single characters: there letters tell nothing.
 *
 * @param index - of the word in the list
 * @returns their indexes: they give the word away
 */
export function similarWords(index: number, { words }: WordList): WordIndexes {
  const word = words[index] ?? ""
  if (word.length === 1) return new WordIndexes(0)
  using found = new WordIndexes(words.length)
  let count = 0
  for (const [candidate, other] of words.entries()) {
    if (candidate !== index && isSimilar(word, other)) found.values[count++] = candidate
  }
  const similar = new WordIndexes(count)
  similar.values.set(found.values.subarray(0, count))
  return similar
}

/** All lists are in form KD and the basic plane: a code unit is a letter or its mark. */
function isSimilar(word: string, other: string): boolean {
  const same = sameFromStart(word, other)
  const sameAtEnd = sameFromEnd(word, other, same)
  const [rest, otherRest] = [word.length - same - sameAtEnd, other.length - same - sameAtEnd]
  if (Math.max(rest, otherRest) <= 1) return true
  return rest === 2 && otherRest === 2 && word[same] === other[same + 1] && word[same + 1] === other[same]
}

function sameFromStart(word: string, other: string): number {
  const most = Math.min(word.length, other.length)
  let count = 0
  while (count < most && word[count] === other[count]) count++
  return count
}

function sameFromEnd(word: string, other: string, from: number): number {
  const most = Math.min(word.length, other.length) - from
  let count = 0
  while (count < most && word[word.length - 1 - count] === other[other.length - 1 - count]) count++
  return count
}
