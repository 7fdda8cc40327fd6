import { Secret } from "../domain/secret.ts"
import { randomSecret } from "./random.ts"
import { loadWordList, wordCount } from "./wallets/bip39/word-list.ts"

const words = 7
const space = 0x20

export interface SuggestedPassphrase {
  /** Words between spaces; the caller's to wipe. */
  readonly passphrase: Secret
  readonly words: number
  /** What a guesser who knows how it is made has to find out. */
  readonly bits: number
}

/** A passphrase as dice would make it: words drawn at random, each as likely as any other, from the English list of BIP-39. */
export async function suggestPassphrase(): Promise<SuggestedPassphrase> {
  const list = await loadWordList("english")
  using drawn = randomSecret(2 * words)
  const view = new DataView(drawn.bytes.buffer)
  // The list's length is a power of two: the low bits choose without favouring any word.
  const chosen = Array.from({ length: words }, (_, index) => list.wordAt(view.getUint16(2 * index) % wordCount))
  const passphrase = Secret.ofSize(chosen.reduce((size, { length }) => size + length + 1, -1))
  let at = 0
  for (const word of chosen) {
    passphrase.bytes.set(word, at)
    at += word.length
    if (at < passphrase.bytes.length) passphrase.bytes[at] = space
    at += 1
  }
  return { passphrase, words, bits: words * Math.log2(wordCount) }
}
