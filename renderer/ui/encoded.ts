/** Base64 as other programs write it. Not for secrets: it makes strings. */
export function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
}

/** @returns `null` for what is no base64; white space is forgiven */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text.replaceAll(/\s/g, "")), (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}

/** Bytes as text that can be shown: as they are where they are UTF-8, else in hexadecimal. The caller wipes both. */
export function asText(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return isText(bytes) ? bytes.slice() : hexadecimal(bytes)
}

export function hexadecimal(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const digits = new Uint8Array(bytes.length * 2)
  for (const [index, byte] of bytes.entries()) {
    digits[index * 2] = digit(byte >> 4)
    digits[index * 2 + 1] = digit(byte & 15)
  }
  return digits
}

function digit(value: number): number {
  return value < 10 ? 48 + value : 87 + value
}

function isText(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
