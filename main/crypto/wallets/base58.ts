import { Secret } from "../../domain/secret.ts"
import { equalBytes } from "../constant-time.ts"
import { sha256 } from "../hmac.ts"

const alphabet = new TextEncoder().encode("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")
const checksumLength = 4
const notInAlphabet = 0xff
const digitOf = new Uint8Array(256).fill(notInAlphabet)
for (const [value, character] of alphabet.entries()) digitOf[character] = value

/** 58 to the power of 138 is more than 256 to the power of 100. */
const digitsPerHundredBytes = 138

/**
 * Base58, the alphabet of Bitcoin: the bytes as one big number, each zero byte in front as a "1". On bytes, because extended private
 * keys are written so too, and a string can't be wiped.
 *
 * @returns ASCII
 */
export function encodeBase58(bytes: Uint8Array): Secret {
  const zeros = leading(bytes, 0)
  using digits = Secret.ofSize(Math.ceil((bytes.length * digitsPerHundredBytes) / 100))
  for (const byte of bytes) multiplyAndAdd(digits.bytes, 58, 256, byte)
  const significant = digits.bytes.subarray(leading(digits.bytes, 0))
  const text = Secret.ofSize(zeros + significant.length)
  text.bytes.fill(alphabet[0] ?? 0, 0, zeros)
  for (const [index, digit] of significant.entries()) text.bytes[zeros + index] = alphabet[digit] ?? 0
  return text
}

/**
 * Reads what `encodeBase58` writes.
 *
 * @param text - ASCII, nothing before or after it; the time taken grows with the square of its length, which is the caller's to bound
 * @returns null when a character is not of the alphabet
 */
export function decodeBase58(text: Uint8Array): Secret | null {
  if (text.some((character) => digitOf[character] === notInAlphabet)) return null
  const ones = leading(text, alphabet[0] ?? 0)
  using number = Secret.ofSize(text.length)
  for (const character of text) multiplyAndAdd(number.bytes, 256, 58, digitOf[character] ?? 0)
  const significant = number.bytes.subarray(leading(number.bytes, 0))
  const bytes = Secret.ofSize(ones + significant.length)
  bytes.bytes.set(significant, ones)
  return bytes
}

/** Base58 of the bytes and the first four of SHA-256 of SHA-256 of them. */
export function encodeBase58Check(bytes: Uint8Array): Secret {
  using whole = Secret.ofSize(bytes.length + checksumLength)
  whole.bytes.set(bytes)
  whole.bytes.set(checksumOf(bytes), bytes.length)
  return encodeBase58(whole.bytes)
}

/** Reads what `encodeBase58Check` writes. @returns null when a character or the checksum is wrong */
export function decodeBase58Check(text: Uint8Array): Secret | null {
  using whole = decodeBase58(text)
  if (whole === null || whole.bytes.length < checksumLength) return null
  const bytes = whole.bytes.subarray(0, -checksumLength)
  return equalBytes(checksumOf(bytes), whole.bytes.subarray(-checksumLength)) ? Secret.copyOf(bytes) : null
}

function checksumOf(bytes: Uint8Array): Uint8Array {
  return sha256(sha256(bytes)).subarray(0, checksumLength)
}

/** Makes `number` (big-endian digits of a base) `number * factor + addend`. */
function multiplyAndAdd(number: Uint8Array, base: number, factor: number, addend: number): void {
  let carry = addend
  for (let index = number.length - 1; index >= 0; index--) {
    carry += (number[index] ?? 0) * factor
    number[index] = carry % base
    carry = Math.floor(carry / base)
  }
}

function leading(bytes: Uint8Array, value: number): number {
  const first = bytes.findIndex((byte) => byte !== value)
  return first === -1 ? bytes.length : first
}
