import { Secret } from "../../domain/secret.ts"

const digits = Buffer.from("0123456789abcdef", "latin1")

/** Lower-case hexadecimal (RFC 4648, section 8) as ASCII bytes, not a string, because strings can't be wiped. The caller wipes both arrays. */
export function encodeHexadecimal(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { bytes: text } = Secret.ofSize(bytes.length * 2)
  for (const [index, byte] of bytes.entries()) {
    text[index * 2] = digits[byte >> 4] ?? 0
    text[index * 2 + 1] = digits[byte & 0xf] ?? 0
  }
  return text
}

/**
 * Decodes hexadecimal digits in either case, with nothing before, between or after.
 *
 * @param text - ASCII
 * @returns null for anything else
 */
export function decodeHexadecimal(text: Uint8Array): Uint8Array<ArrayBuffer> | null {
  if (text.length % 2 !== 0) return null
  const { bytes } = Secret.ofSize(text.length / 2)
  for (const index of bytes.keys()) {
    const high = digitValue(text[index * 2])
    const low = digitValue(text[index * 2 + 1])
    if (high === null || low === null) {
      bytes.fill(0)
      return null
    }
    bytes[index] = (high << 4) | low
  }
  return bytes
}

function digitValue(character: number | undefined): number | null {
  if (character === undefined) return null
  if (character >= 0x30 && character <= 0x39) return character - 0x30
  const lower = character | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : null
}
