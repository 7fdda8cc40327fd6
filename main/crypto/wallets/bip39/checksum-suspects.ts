import { Turns } from "../../turns.ts"
import { entropyOf } from "./entropy-code.ts"
import { similarWords } from "./similar-words.ts"
import { WordIndexes } from "./word-indexes.ts"
import type { WordList } from "./word-list.ts"

/** What the checksum says of a phrase that it does not fit. Places and numbers only: a correction that is wrong would go unnoticed. */
export interface ChecksumSuspects {
  /** The places, counted from 1, of words for which exactly one similar word would make the checksum fit. */
  readonly positions: readonly number[]
  /** How many phrases that differ from this one in one word, by a similar one, have a checksum that fits. */
  readonly candidates: number
}

/**
 * Where one wrong word may be, in a phrase whose checksum does not fit. The shorter the phrase, the less it tells: of random words one in
 * 16 fits in a phrase of 12, one in 256 in a phrase of 24.
 *
 * @param indexes - of all words, in the list; left as they are
 */
export async function checksumSuspects(indexes: WordIndexes, list: WordList): Promise<ChecksumSuspects> {
  const turns = new Turns()
  const positions: number[] = []
  let candidates = 0
  for (const position of indexes.values.keys()) {
    await turns.breathe()
    const fitting = countFitting(indexes, position, list)
    candidates += fitting
    if (fitting === 1) positions.push(position + 1)
  }
  return { positions, candidates }
}

function countFitting(indexes: WordIndexes, position: number, list: WordList): number {
  using changed = WordIndexes.copyOf(indexes)
  using replacements = similarWords(indexes.values[position] ?? 0, list)
  let count = 0
  for (const replacement of replacements.values) {
    changed.values[position] = replacement
    using entropy = entropyOf(changed)
    if (entropy !== null) count++
  }
  return count
}
