import { Secret } from "../../../domain/secret.ts"
import { type Bip39Language, habits } from "./language.ts"

/** How many words there are: each stands for 11 bits. */
export const wordCount = 2048

/** As many letters of a Latin list as tell its words apart. */
const tellingLetters = 4

/** The combining marks of Latin letters, U+0300 to U+036F. */
const latinMarks = /[\u0300-\u036f]/g

/** Each list is loaded when first asked for: most people have words of one. */
const sources: Readonly<Record<Bip39Language, () => Promise<{ readonly wordlist: readonly string[] }>>> = {
  english: () => import("@scure/bip39/wordlists/english.js"),
  japanese: () => import("@scure/bip39/wordlists/japanese.js"),
  korean: () => import("@scure/bip39/wordlists/korean.js"),
  spanish: () => import("@scure/bip39/wordlists/spanish.js"),
  chinese_simplified: () => import("@scure/bip39/wordlists/simplified-chinese.js"),
  chinese_traditional: () => import("@scure/bip39/wordlists/traditional-chinese.js"),
  french: () => import("@scure/bip39/wordlists/french.js"),
  italian: () => import("@scure/bip39/wordlists/italian.js"),
  czech: () => import("@scure/bip39/wordlists/czech.js"),
  portuguese: () => import("@scure/bip39/wordlists/portuguese.js"),
}

const loaded = new Map<Bip39Language, Promise<WordList>>()

/** The word list of a language. */
export function loadWordList(language: Bip39Language): Promise<WordList> {
  const known = loaded.get(language)
  if (known !== undefined) return known
  const list = sources[language]().then(({ wordlist }) => new WordList(language, wordlist))
  loaded.set(language, list)
  return list
}

/** A word list as bytes, so that a search in it makes no string of what is searched for. */
export class WordList {
  readonly language: Bip39Language
  /** The words as the standard has them, in form KD. */
  readonly words: readonly string[]
  readonly #encoded: readonly Uint8Array[]
  /** What is compared: the words, without marks where those may be left out. */
  readonly #keys: readonly Uint8Array[]
  /** Indexes of words, in the order of their keys. */
  readonly #order: Uint16Array

  constructor(language: Bip39Language, words: readonly string[]) {
    if (words.length !== wordCount) throw new Error(`${language}: not ${wordCount} words`)
    this.language = language
    this.words = words
    this.#encoded = words.map((word) => Buffer.from(word))
    const keys = this.isLatin ? words.map((word) => word.replace(latinMarks, "")) : words
    this.#keys = keys.map((key) => Buffer.from(key))
    // In the basic plane, where all words are, the order of code units is that of the bytes of UTF-8.
    const indexed = keys.map((key, index) => ({ key, index })).sort((one, other) => (one.key < other.key ? -1 : 1))
    this.#order = Uint16Array.from(indexed, ({ index }) => index)
  }

  get isLatin(): boolean {
    return habits[this.language].isLatin
  }

  /** The word as UTF-8 in form KD: a view of the list. @param index - 0 to 2047 */
  wordAt(index: number): Uint8Array {
    const word = this.#encoded[index]
    if (word === undefined) throw new RangeError("no word has this index")
    return word
  }

  /**
   * The index of a word, or null when the list has no such word. In a Latin list its first four letters or more are enough, and marks may
   * be missing.
   *
   * @param word - UTF-8 in form KD, lower case
   */
  indexOf(word: Uint8Array): number | null {
    using key = this.isLatin ? withoutMarks(word) : Secret.copyOf(word)
    const index = this.#order[this.#placeOf(key.bytes)]
    if (index === undefined) return null
    if (Buffer.compare(this.#key(index), key.bytes) === 0) return index
    return this.isLatin && key.bytes.length >= tellingLetters && startsWith(this.#key(index), key.bytes) ? index : null
  }

  /** The place in the order of the first key that is not before this one. */
  #placeOf(key: Uint8Array): number {
    let low = 0
    let high = wordCount
    while (low < high) {
      const middle = (low + high) >>> 1
      if (Buffer.compare(this.#key(this.#order[middle] ?? 0), key) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  #key(index: number): Uint8Array {
    return this.#keys[index] ?? new Uint8Array(0)
  }
}

/** U+0300 to U+036F are CC 80 to CD AF. */
function withoutMarks(word: Uint8Array): Secret {
  using kept = Secret.ofSize(word.length)
  let length = 0
  for (let index = 0; index < word.length; index++) {
    const isMark = word[index] === 0xcc || (word[index] === 0xcd && (word[index + 1] ?? 0) <= 0xaf)
    if (isMark) index++
    else kept.bytes[length++] = word[index] ?? 0
  }
  return Secret.copyOf(kept.bytes.subarray(0, length))
}

function startsWith(word: Uint8Array, prefix: Uint8Array): boolean {
  return word.length > prefix.length && Buffer.compare(word.subarray(0, prefix.length), prefix) === 0
}
