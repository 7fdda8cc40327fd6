import { Secret } from "../../domain/secret.ts"

const characters = Buffer.from("qpzry9x8gf2tvdw0s3jn54khce6mua7l", "latin1")
const notInAlphabet = 0xff
const values = new Uint8Array(256).fill(notInAlphabet)
for (const [value, character] of characters.entries()) values[character] = value

const separator = 0x31
const checksumLength = 6
const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3] as const

export interface Bech32 {
  /** The part that a person reads, in lower case. */
  readonly prefix: string
  readonly data: Secret
}

/**
 * Bech32 (BIP-173) without its limit on the length, as age has it, over bytes and not strings: an identity is a secret.
 *
 * @param prefix - in lower case
 * @returns ASCII, in lower case
 */
export function encodeBech32(prefix: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const start = Buffer.from(`${prefix}1`, "latin1")
  using groups = groupsOfFive(data)
  const checksum = remainder(prefix, groups.bytes, checksumLength) ^ 1
  const { bytes: text } = Secret.ofSize(start.length + groups.bytes.length + checksumLength)
  text.set(start)
  for (const [index, value] of groups.bytes.entries()) text[start.length + index] = characters[value] ?? 0
  for (let index = 1; index <= checksumLength; index += 1) {
    text[text.length - index] = characters[(checksum >>> (5 * (index - 1))) & 31] ?? 0
  }
  return text
}

/**
 * @param text - ASCII, all in lower or all in upper case
 * @returns `null` for anything but the one canonical encoding
 */
export function decodeBech32(text: Uint8Array): Bech32 | null {
  const position = text.lastIndexOf(separator)
  if (position < 1 || text.length - position - 1 < checksumLength || isMixedCase(text)) return null
  const start = text.subarray(0, position)
  if (start.some((character) => character < 0x21 || character > 0x7e)) return null
  const prefix = Buffer.from(start).toString("latin1").toLowerCase()
  using groups = Secret.ofSize(text.length - position - 1)
  for (const [index, character] of text.subarray(position + 1).entries()) {
    const value = values[isUpper(character) ? character + 0x20 : character] ?? notInAlphabet
    if (value === notInAlphabet) return null
    groups.bytes[index] = value
  }
  if (remainder(prefix, groups.bytes) !== 1) return null
  const data = octetsOf(groups.bytes.subarray(0, -checksumLength))
  return data === null ? null : { prefix, data }
}

function isUpper(character: number): boolean {
  return character >= 0x41 && character <= 0x5a
}

function isMixedCase(text: Uint8Array): boolean {
  return text.some(isUpper) && text.some((character) => character >= 0x61 && character <= 0x7a)
}

/** What the checksum's polynomial leaves of prefix, groups and some zeros (BIP-173, "Checksum"). */
function remainder(prefix: string, groups: Uint8Array, zeros = 0): number {
  const codes = [...Buffer.from(prefix, "latin1")]
  let checksum = 1
  for (const code of codes) checksum = step(checksum, code >> 5)
  checksum = step(checksum, 0)
  for (const code of codes) checksum = step(checksum, code & 31)
  for (const group of groups) checksum = step(checksum, group)
  for (let count = 0; count < zeros; count += 1) checksum = step(checksum, 0)
  return checksum
}

function step(checksum: number, value: number): number {
  const top = checksum >>> 25
  let next = ((checksum & 0x1ffffff) << 5) ^ value
  for (const [bit, factor] of generator.entries()) next ^= (top >>> bit) & 1 ? factor : 0
  return next
}

/** The same bits, five at a time, the last filled up with zeros. */
function groupsOfFive(octets: Uint8Array): Secret {
  const groups = Secret.ofSize(Math.ceil((octets.length * 8) / 5))
  for (const index of groups.bytes.keys()) {
    const bit = index * 5
    const pair = ((octets[bit >> 3] ?? 0) << 8) | (octets[(bit >> 3) + 1] ?? 0)
    groups.bytes[index] = (pair >> (11 - (bit & 7))) & 31
  }
  return groups
}

/** The same bits, eight at a time; `null` when those left over are as many as a group, or not zero. */
function octetsOf(groups: Uint8Array): Secret | null {
  const octets = Secret.ofSize(Math.floor((groups.length * 5) / 8))
  let buffered = 0
  let bits = 0
  let written = 0
  for (const group of groups) {
    buffered = ((buffered << 5) | group) & 0xfff
    bits += 5
    if (bits < 8) continue
    bits -= 8
    octets.bytes[written] = buffered >> bits
    written += 1
  }
  if (bits < 5 && (buffered & ((1 << bits) - 1)) === 0) return octets
  octets[Symbol.dispose]()
  return null
}
