import { Secret } from "../../domain/secret.ts"

/** RFC 4648: section 4, always or, as in age, never padded, and section 5, never padded. */
export type Base64Alphabet = "base64" | "base64-unpadded" | "base64url"

const commonCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
const paddingCharacter = 0x3d
const notInAlphabet = 0xff

const standardCharacters = asciiOf(`${commonCharacters}+/`)
const encoding: Record<Base64Alphabet, Uint8Array> = {
  base64: standardCharacters,
  "base64-unpadded": standardCharacters,
  base64url: asciiOf(`${commonCharacters}-_`),
}

const decoding: Record<Base64Alphabet, Uint8Array> = {
  base64: valuesOf(standardCharacters),
  "base64-unpadded": valuesOf(standardCharacters),
  base64url: valuesOf(encoding.base64url),
}

function asciiOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "latin1"))
}

function valuesOf(characters: Uint8Array): Uint8Array {
  const values = new Uint8Array(256).fill(notInAlphabet)
  for (const [value, character] of characters.entries()) values[character] = value
  return values
}

/**
 * Encodes without ever making a string, because strings can't be wiped: the caller wipes both arrays.
 *
 * @returns ASCII
 */
export function encodeBase64(bytes: Uint8Array, alphabet: Base64Alphabet): Uint8Array<ArrayBuffer> {
  const characters = encoding[alphabet]
  const significant = Math.ceil((bytes.length * 8) / 6)
  const { bytes: text } = Secret.ofSize(alphabet === "base64" ? Math.ceil(bytes.length / 3) * 4 : significant)
  text.fill(paddingCharacter, significant)
  for (let position = 0; position < significant; position += 1) {
    const bit = position * 6
    const index = bit >> 3
    const pair = ((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0)
    text[position] = characters[(pair >> (10 - (bit & 7))) & 0x3f] ?? 0
  }
  return text
}

/**
 * Decodes the one canonical encoding: nothing outside the alphabet, exact padding, unused bits zero (RFC 4648, 3.5).
 *
 * @param text - ASCII
 * @returns null for anything else
 */
export function decodeBase64(text: Uint8Array, alphabet: Base64Alphabet): Uint8Array<ArrayBuffer> | null {
  const values = decoding[alphabet]
  const significant = significantLength(text, alphabet)
  if (significant === null) return null
  const { bytes } = Secret.ofSize(Math.floor((significant * 6) / 8))
  let buffered = 0
  let bits = 0
  let written = 0
  for (let position = 0; position < significant; position += 1) {
    const value = values[text[position] ?? 0] ?? notInAlphabet
    if (value === notInAlphabet) {
      bytes.fill(0)
      return null
    }
    buffered = ((buffered << 6) | value) & 0xfff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[written] = buffered >> bits
    written += 1
  }
  if ((buffered & ((1 << bits) - 1)) === 0) return bytes
  bytes.fill(0)
  return null
}

/** How many characters carry bits, or null when the length or the padding is not canonical. */
function significantLength(text: Uint8Array, alphabet: Base64Alphabet): number | null {
  if (alphabet !== "base64") return text.length % 4 === 1 ? null : text.length
  if (text.length % 4 !== 0) return null
  let padding = 0
  while (padding < 2 && text.at(-1 - padding) === paddingCharacter) padding += 1
  return text.length - padding
}
