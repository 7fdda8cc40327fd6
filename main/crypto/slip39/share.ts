import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { readWords, writeWords } from "./mnemonic.ts"
import { checksumLength, hasRightChecksum, suspectWord, writeChecksum } from "./rs1024.ts"
import { bytesIn, readBits, wordsFor, writeBits } from "./word-bits.ts"

const headerLength = 4
const fewestWords = 20
const mostWords = 212

/** What the shares of one split have in common. */
export interface SharedSettings {
  /** 15 random bits: shares of different splits seldom have the same. */
  readonly identifier: number
  /** Whether more sets of shares can be made that open with the same passphrase. */
  readonly isExtendable: boolean
  /** 0 to 15: PBKDF2 runs 10,000 * 2^this times. */
  readonly iterationExponent: number
  /** How many groups it takes, of how many there are: 1 to 16. */
  readonly groupThreshold: number
  readonly groupCount: number
}

/** One share (SLIP-0039, "Format of the share mnemonic"). Whoever holds it disposes of its value. */
export interface Share extends SharedSettings {
  /** Counted from 0, as in the share itself. */
  readonly groupIndex: number
  readonly memberIndex: number
  /** How many shares of the group it takes: 1 to 16. */
  readonly memberThreshold: number
  readonly value: Secret
}

/**
 * Reads a share from its words (UTF-8, either case).
 * @throws `WRONG_SHARES` saying which word is not in the list, or that the checksum is wrong and where the mistake may be;
 *   never a word itself
 */
export function parseShare(text: Uint8Array): Share {
  const words = readWords(text)
  try {
    return shareOf(words)
  } finally {
    words.fill(0)
  }
}

/** Writes a share as its words: UTF-8, lower case, single spaces between them. */
export function formatShare(share: Share): Secret {
  const valueLength = wordsFor(share.value.bytes.length)
  const words = new Uint16Array(headerLength + valueLength + checksumLength)
  try {
    const { identifier, isExtendable, iterationExponent } = share
    const first = (identifier << 5) | (Number(isExtendable) << 4) | iterationExponent
    const second = [share.groupIndex, share.groupThreshold - 1, share.groupCount - 1, share.memberIndex]
      .concat(share.memberThreshold - 1)
      .reduce((bits, nibble) => (bits << 4) | nibble, 0)
    words.set([first >>> 10, first & 1023, second >>> 10, second & 1023])
    writeBits(share.value.bytes, words.subarray(headerLength, headerLength + valueLength))
    writeChecksum(words, isExtendable)
    return writeWords(words)
  } finally {
    words.fill(0)
  }
}

function shareOf(words: Uint16Array): Share {
  const size = words.length > mostWords ? null : bytesIn(words.length - headerLength - checksumLength)
  if (words.length < fewestWords || size === null) throw wrong(`no share has ${words.length} words`)
  const [first, second] = [twentyBits(words, 0), twentyBits(words, 2)]
  const isExtendable = ((first >>> 4) & 1) === 1
  if (!hasRightChecksum(words, isExtendable)) throw wrong(checksumFailure(words, isExtendable))
  const fields = {
    identifier: first >>> 5,
    isExtendable,
    iterationExponent: first & 15,
    groupIndex: second >>> 16,
    groupThreshold: ((second >>> 12) & 15) + 1,
    groupCount: ((second >>> 8) & 15) + 1,
    memberIndex: (second >>> 4) & 15,
    memberThreshold: (second & 15) + 1,
  }
  if (fields.groupThreshold > fields.groupCount) throw wrong("it asks for more groups than there are")
  return { ...fields, value: readValue(words.subarray(headerLength, -checksumLength), size) }
}

function readValue(words: Uint16Array, size: number): Secret {
  const value = Secret.ofSize(size)
  if (readBits(words, value.bytes)) return value
  value[Symbol.dispose]()
  throw wrong("its padding is not zero")
}

function twentyBits(words: Uint16Array, index: number): number {
  return ((words[index] ?? 0) << 10) | (words[index + 1] ?? 0)
}

/** The extendable flag is itself in the second word: mistyped there, the checksum is that of the other kind. */
function checksumFailure(words: Uint16Array, isExtendable: boolean): string {
  const suspect = suspectWord(words, isExtendable) ?? suspectWord(words, !isExtendable)
  return suspect === null
    ? "checksum: words are mistyped or out of order"
    : `checksum: word ${suspect + 1} may be mistyped`
}

function wrong(detail: string): VaultError {
  return new VaultError("WRONG_SHARES", detail)
}
