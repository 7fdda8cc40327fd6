import type { Secret } from "../../../domain/secret.ts"
import { VaultError } from "../../../domain/vault-error.ts"
import { Turns } from "../../turns.ts"
import { checksumSuspects } from "./checksum-suspects.ts"
import { entropyOf, isPhraseLength } from "./entropy-code.ts"
import { type Bip39Language, bip39Languages } from "./language.ts"
import { PhraseWords } from "./phrase-words.ts"
import { WordIndexes } from "./word-indexes.ts"
import { loadWordList, type WordList } from "./word-list.ts"

/** What a phrase says. Whoever holds it disposes of the entropy. */
export interface Phrase {
  readonly language: Bip39Language
  readonly entropy: Secret
}

/** The words as far as one list knows them. */
interface Reading {
  readonly list: WordList
  readonly indexes: WordIndexes
  /** The first word that the list has not, counted from 1; null when it has all. */
  readonly firstUnknown: number | null
}

/**
 * Reads a phrase of 12, 15, 18, 21 or 24 words (BIP-0039): in any normalization form and case, with any white space between the words; in
 * Latin lists four letters of a word are enough. Takes over nothing.
 *
 * @param language - found out when it is not told
 * @throws INVALID_INPUT naming by its place what is wrong, and never a word: how many there are, one that is not in the list, a checksum
 *   that does not fit and which word that may come from; or that the words are in several lists
 */
export async function readPhrase(text: Uint8Array, language?: Bip39Language): Promise<Phrase> {
  using phrase = new PhraseWords(text)
  const count = phrase.words.length
  if (!isPhraseLength(count)) throw invalid(`there are ${count} words: a phrase has 12, 15, 18, 21 or 24`)
  const lists = language === undefined ? await allWordLists() : [await loadWordList(language)]
  using owned = new DisposableStack()
  return await onlyPhraseOf(lists.map((list) => read(list, phrase.words, owned.use(new WordIndexes(count)))))
}

/** One after the other: each takes some milliseconds to build. */
async function allWordLists(): Promise<WordList[]> {
  const turns = new Turns()
  const lists: WordList[] = []
  for (const language of bip39Languages) {
    lists.push(await loadWordList(language))
    await turns.breathe()
  }
  return lists
}

function read(list: WordList, words: readonly Uint8Array[], indexes: WordIndexes): Reading {
  let firstUnknown: number | null = null
  for (const [position, word] of words.entries()) {
    const index = list.indexOf(word)
    if (index === null) firstUnknown ??= position + 1
    else indexes.values[position] = index
  }
  return { list, indexes, firstUnknown }
}

async function onlyPhraseOf(readings: readonly Reading[]): Promise<Phrase> {
  const complete = readings.filter(({ firstUnknown }) => firstUnknown === null)
  if (complete.length === 0) throw unknownWord(readings)
  using owned = new DisposableStack()
  const phrases = complete.flatMap(({ list, indexes }) => {
    const entropy = entropyOf(indexes)
    return entropy === null ? [] : [{ language: list.language, entropy: owned.use(entropy) }]
  })
  if (phrases.length > 1) throw ambiguous(complete)
  const [phrase] = phrases
  if (phrase === undefined) throw await wrongChecksum(complete)
  owned.move()
  return phrase
}

/** Of several lists, that which knows most of the beginning is meant: a phrase in two languages breaks where the second begins. */
function unknownWord(readings: readonly Reading[]): VaultError {
  const [closest] = readings.toSorted((one, other) => (other.firstUnknown ?? 0) - (one.firstUnknown ?? 0))
  if (closest === undefined || (closest.firstUnknown === 1 && readings.length > 1)) {
    return invalid("word 1 is in no word list")
  }
  return invalid(`word ${closest.firstUnknown} is not in the ${nameOf(closest.list)} list`)
}

async function wrongChecksum(complete: readonly Reading[]): Promise<VaultError> {
  const [only] = complete
  if (only === undefined || complete.length > 1) return ambiguous(complete)
  const { positions } = await checksumSuspects(only.indexes, only.list)
  const advice = positions.length === 0 ? "" : `; if one word is wrong, it may be word ${positions.join(" or ")}`
  return invalid(`the checksum does not fit: a word is wrong or out of order${advice}`)
}

function ambiguous(readings: readonly Reading[]): VaultError {
  return invalid(
    `the words are in several lists: say which is meant, ${readings.map(({ list }) => nameOf(list)).join(" or ")}`,
  )
}

function nameOf({ language }: WordList): string {
  return language.replace("_", " ")
}

function invalid(detail: string): VaultError {
  return new VaultError("INVALID_INPUT", detail)
}
