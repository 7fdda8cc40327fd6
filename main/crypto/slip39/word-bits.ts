const bitsPerWord = 10

/** How many words so many bytes take. */
export function wordsFor(byteCount: number): number {
  return Math.ceil((byteCount * 8) / bitsPerWord)
}

/**
 * How many bytes the words hold, or `null` when no value takes that many words: values have an even number of bytes, and
 * the bits before them are at most 8 (SLIP-0039, "Format of the share mnemonic").
 */
export function bytesIn(wordCount: number): number | null {
  const padding = (wordCount * bitsPerWord) % 16
  return padding > 8 ? null : (wordCount * bitsPerWord - padding) / 8
}

/** Writes the bytes as one big-endian number of 10-bit words; the bits to spare are zeros in front. */
export function writeBits(bytes: Uint8Array, words: Uint16Array): void {
  let pending = 0
  let pendingBits = words.length * bitsPerWord - bytes.length * 8
  let index = 0
  for (const byte of bytes) {
    pending = (pending << 8) | byte
    pendingBits += 8
    if (pendingBits < bitsPerWord) continue
    pendingBits -= bitsPerWord
    words[index++] = pending >>> pendingBits
    pending &= (1 << pendingBits) - 1
  }
}

/** Reads what `writeBits` wrote. @returns whether the bits in front are zeros, as they must be */
export function readBits(words: Uint16Array, bytes: Uint8Array): boolean {
  let pending = 0
  let pendingBits = bytes.length * 8 - words.length * bitsPerWord
  let index = 0
  for (const word of words) {
    pending = (pending << bitsPerWord) | word
    pendingBits += bitsPerWord
    if (pending >>> pendingBits !== 0) return false
    while (pendingBits >= 8) {
      pendingBits -= 8
      bytes[index++] = pending >>> pendingBits
      pending &= (1 << pendingBits) - 1
    }
  }
  return true
}
