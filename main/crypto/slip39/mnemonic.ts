import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { indexOfWord, longestWord, wordAt } from "./word-list.ts"

const space = 0x20
const mostBytes = 4096

/**
 * The numbers of the words of a text: ASCII letters of either case, with blanks or line ends between the words, of
 * which the first four letters are enough.
 * @returns an array to be wiped by the caller
 * @throws `WRONG_SHARES` naming the position of the first word that is not in the list
 */
export function readWords(text: Uint8Array): Uint16Array {
  if (text.length > mostBytes) throw new VaultError("WRONG_SHARES", "too long to be a share")
  const found = [...splitAtBlanks(text)]
  const words = new Uint16Array(found.length)
  using letters = Secret.ofSize(longestWord)
  for (const [position, word] of found.entries()) {
    const index = lowerCase(word, letters.bytes) ? indexOfWord(letters.bytes) : null
    if (index === null) {
      words.fill(0)
      throw new VaultError("WRONG_SHARES", `word ${position + 1} is not in the word list`)
    }
    words[position] = index
  }
  return words
}

/** The words as UTF-8, single spaces between them. */
export function writeWords(words: Uint16Array): Secret {
  const text = new Uint8Array(words.length * (longestWord + 1))
  let end = 0
  for (const index of words) {
    if (end > 0) text[end++] = space
    const word = wordAt(index)
    text.set(word, end)
    end += word.length
  }
  using whole = new Secret(text)
  return Secret.copyOf(whole.bytes.subarray(0, end))
}

function* splitAtBlanks(text: Uint8Array): Generator<Uint8Array> {
  let start = 0
  for (const [at, byte] of text.entries()) {
    if (!isBlank(byte)) continue
    if (at > start) yield text.subarray(start, at)
    start = at + 1
  }
  if (text.length > start) yield text.subarray(start)
}

/** Blank, tab, line feed, carriage return. */
function isBlank(byte: number): boolean {
  return byte === space || byte === 0x09 || byte === 0x0a || byte === 0x0d
}

/** Writes the word in lower case with zeros after it. @returns false when it is longer than any word, or has no letters */
function lowerCase(word: Uint8Array, into: Uint8Array): boolean {
  if (word.length > longestWord) return false
  into.fill(0)
  for (const [index, byte] of word.entries()) {
    const lower = byte | 0x20
    if (lower < 0x61 || lower > 0x7a) return false
    into[index] = lower
  }
  return true
}
