import { Secret } from "../../../domain/secret.ts"
import { indexesOf } from "./entropy-code.ts"
import type { Bip39Language } from "./language.ts"
import { loadWordList } from "./word-list.ts"

const encoder = new TextEncoder()
const blank = encoder.encode(" ")

/** U+3000, which Japanese is written with (BIP-0039, "Japanese"). */
const ideographicSpace = encoder.encode("\u3000")

/**
 * The words of a phrase, as people write them: UTF-8 in form KD, as in the list; between Japanese words the ideographic space.
 *
 * @param entropy - 16, 20, 24, 28 or 32 bytes
 * @throws RangeError for another size
 */
export function writePhrase(entropy: Uint8Array, language: Bip39Language): Promise<Secret> {
  return joinedWords(entropy, language, language === "japanese" ? ideographicSpace : blank)
}

/** The same words as the seed is made of them (BIP-0039, "From mnemonic to seed"): form KD has no ideographic space. */
export function phraseForSeed(entropy: Uint8Array, language: Bip39Language): Promise<Secret> {
  return joinedWords(entropy, language, blank)
}

async function joinedWords(entropy: Uint8Array, language: Bip39Language, separator: Uint8Array): Promise<Secret> {
  const list = await loadWordList(language)
  using indexes = indexesOf(entropy)
  const size = indexes.values.reduce((sum, index) => sum + separator.length + list.wordAt(index).length, 0)
  const text = Secret.ofSize(size - separator.length)
  let end = 0
  for (const index of indexes.values) {
    if (end > 0) {
      text.bytes.set(separator, end)
      end += separator.length
    }
    text.bytes.set(list.wordAt(index), end)
    end += list.wordAt(index).length
  }
  return text
}
