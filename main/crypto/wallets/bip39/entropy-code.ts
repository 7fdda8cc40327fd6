import { Secret } from "../../../domain/secret.ts"
import { sha256 } from "../../hmac.ts"
import { WordIndexes } from "./word-indexes.ts"

const bitsPerWord = 11

/** The lengths that a phrase can have; three words hold 32 bits of entropy and one of its checksum (BIP-0039, "Generating the mnemonic"). */
export const phraseLengths = [12, 15, 18, 21, 24] as const

export type PhraseLength = (typeof phraseLengths)[number]

export function isPhraseLength(count: number): count is PhraseLength {
  return phraseLengths.some((length) => length === count)
}

/** How many bytes of entropy so many words hold: 16 to 32. */
export function entropySize(words: PhraseLength): number {
  return (words / 3) * 4
}

/** How many words so many bytes of entropy make, or null when none do. */
export function phraseLengthOf(entropySizeInBytes: number): PhraseLength | null {
  return phraseLengths.find((length) => entropySize(length) === entropySizeInBytes) ?? null
}

/**
 * The indexes of the words that stand for the entropy and its checksum.
 *
 * @throws RangeError when no phrase holds so many bytes
 */
export function indexesOf(entropy: Uint8Array): WordIndexes {
  const length = phraseLengthOf(entropy.length)
  if (length === null) throw new RangeError("entropy of 16, 20, 24, 28 or 32 bytes")
  using whole = Secret.ofSize(entropy.length + 1)
  whole.bytes.set(entropy)
  whole.bytes[entropy.length] = sha256(entropy)[0] ?? 0
  const indexes = new WordIndexes(length)
  for (const word of indexes.values.keys()) indexes.values[word] = elevenBits(whole.bytes, word * bitsPerWord)
  return indexes
}

/**
 * The entropy that the words stand for, or null when their checksum does not fit.
 *
 * @param indexes - as many as a phrase can have words
 */
export function entropyOf({ values: indexes }: WordIndexes): Secret | null {
  using whole = Secret.ofSize(Math.ceil((indexes.length * bitsPerWord) / 8))
  for (const [word, index] of indexes.entries()) writeElevenBits(whole.bytes, word * bitsPerWord, index)
  const entropy = whole.bytes.subarray(0, -1)
  const unused = 8 - indexes.length / 3
  const difference = ((sha256(entropy)[0] ?? 0) ^ (whole.bytes.at(-1) ?? 0)) >> unused
  return difference === 0 ? Secret.copyOf(entropy) : null
}

function elevenBits(bytes: Uint8Array, start: number): number {
  const first = start >> 3
  const three = ((bytes[first] ?? 0) << 16) | ((bytes[first + 1] ?? 0) << 8) | (bytes[first + 2] ?? 0)
  return (three >> (24 - bitsPerWord - (start & 7))) & 0x7ff
}

function writeElevenBits(bytes: Uint8Array, start: number, value: number): void {
  const first = start >> 3
  const three = value << (24 - bitsPerWord - (start & 7))
  for (const shift of [16, 8, 0]) {
    const index = first + 2 - shift / 8
    if (index < bytes.length) bytes[index] = (bytes[index] ?? 0) | ((three >> shift) & 0xff)
  }
}
