/** The generator of RS1024, a Reed-Solomon code over GF(1024) (SLIP-0039, "Checksum"). */
const generator = [
  0xe0e040, 0x1c1c080, 0x3838100, 0x7070200, 0xe0e0009, 0x1c0c2412, 0x38086c24, 0x3090fc48, 0x21b1f890, 0x3f3f120,
]

/** How many words the checksum takes. */
export const checksumLength = 3

/** What the code covers besides the words, so that shares of the two kinds are not taken for each other. */
function customization(isExtendable: boolean): Uint8Array {
  return new TextEncoder().encode(isExtendable ? "shamir_extendable" : "shamir")
}

/** Writes the checksum into the last three words, over those before them. */
export function writeChecksum(words: Uint16Array, isExtendable: boolean): void {
  const start = words.length - checksumLength
  words.fill(0, start)
  const checksum = remainder(words, isExtendable) ^ 1
  words.set([checksum >>> 20, (checksum >>> 10) & 1023, checksum & 1023], start)
}

/** Finds any one, two or three wrong words, and all but one in 2^30 of what is more wrong. */
export function hasRightChecksum(words: Uint16Array, isExtendable: boolean): boolean {
  return remainder(words, isExtendable) === 1
}

/**
 * The only word of which a replacement makes the checksum right: with one mistake, it is that word. What should stand
 * there is not told, as SLIP-0039 asks: a correction that is wrong would go unnoticed.
 * @returns its index, or `null` when no single replacement would do
 */
export function suspectWord(words: Uint16Array, isExtendable: boolean): number | null {
  const error = remainder(words, isExtendable) ^ 1
  // The code is linear: what each of the 1023 differences in the last word does, and then, shifted, in those before.
  let effects = new Uint32Array(1024).map((_, difference) => difference)
  for (let index = words.length - 1; index >= 0; index--) {
    if (effects.includes(error, 1)) return index
    effects = effects.map((effect) => shift(effect))
  }
  return null
}

function remainder(words: Uint16Array, isExtendable: boolean): number {
  let state = 1
  for (const value of customization(isExtendable)) state = shift(state) ^ value
  for (const value of words) state = shift(state) ^ value
  return state
}

/** One step of the division, without branches: the words are secret. */
function shift(state: number): number {
  const top = state >>> 20
  let next = (state & 0xfffff) << 10
  for (const [bit, term] of generator.entries()) next ^= term & -((top >>> bit) & 1)
  return next
}
