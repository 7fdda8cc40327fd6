import type { Pattern } from "./needle-patterns.ts"

const pieceSize = 16 * 1024 * 1024
const blank = Buffer.alloc(4096)

/** Fills the buffer from `offset` on with the bytes at `position`; gives how many, 0 at the end. */
export type ReadAt = (buffer: Buffer, offset: number, length: number, position: number) => number

/** Thousands of patterns mark a few percent of it. */
const tableBits = 20

/** Looks for thousands of patterns in one pass: a table of how they start, and blank pages, spare it almost everything. */
export class PatternSearch {
  readonly #mayStart = new Uint8Array(2 ** tableBits)
  readonly #byStart = new Map<number, Pattern[]>()
  readonly #mostLeadingZeros: number
  readonly #overlap: number
  readonly #buffer: Buffer

  constructor(patterns: readonly Pattern[]) {
    for (const pattern of patterns) {
      const start = pattern.bytes.readUInt32LE(0)
      this.#mayStart[slotOf(start)] = 1
      this.#byStart.set(start, [...(this.#byStart.get(start) ?? []), pattern])
    }
    this.#mostLeadingZeros = Math.max(...patterns.map(({ bytes }) => leadingZeros(bytes)))
    this.#overlap = Math.max(...patterns.map(({ bytes }) => bytes.length)) - 1
    this.#buffer = Buffer.alloc(this.#overlap + pieceSize)
  }

  /** Reads `from` to `to` in pieces that overlap by the longest pattern, and reports each pattern with its position. */
  search(read: ReadAt, from: number, to: number, found: (pattern: Pattern, position: number) => void): void {
    let kept = 0
    for (let position = from; position < to; ) {
      const count = read(this.#buffer, kept, Math.min(pieceSize, to - position), position)
      if (count === 0) return
      const filled = kept + count
      const start = position - kept
      this.#searchBuffer(filled, (pattern, offset) => {
        // What ends inside the part kept from the last piece was reported then.
        if (offset + pattern.bytes.length > kept) found(pattern, start + offset)
      })
      position += count
      kept = Math.min(this.#overlap, filled)
      this.#buffer.copyWithin(0, filled - kept, filled)
    }
  }

  #searchBuffer(filled: number, found: (pattern: Pattern, offset: number) => void): void {
    for (let from = 0; from < filled; from += blank.length) {
      const to = Math.min(from + blank.length, filled)
      const isBlank = this.#buffer.compare(blank, 0, to - from, from, to) === 0
      this.#searchStarts(isBlank ? Math.max(from, to - this.#mostLeadingZeros) : from, to, filled, found)
    }
  }

  /** Reports what starts in `from` to `to` and ends before `filled`. */
  #searchStarts(from: number, to: number, filled: number, found: (pattern: Pattern, offset: number) => void): void {
    const buffer = this.#buffer
    const mayStart = this.#mayStart
    const end = Math.min(to, filled - 3)
    if (from >= end) return
    // Four bytes, of which the lowest leaves and the highest comes in with each step.
    let start = buffer.readUInt32LE(from) << 8
    for (let offset = from; offset < end; offset++) {
      start = (start >>> 8) | ((buffer[offset + 3] ?? 0) << 24)
      if (mayStart[slotOf(start)] !== 0) this.#compare(offset, filled, found)
    }
  }

  #compare(offset: number, filled: number, found: (pattern: Pattern, offset: number) => void): void {
    for (const pattern of this.#byStart.get(this.#buffer.readUInt32LE(offset)) ?? []) {
      const end = offset + pattern.bytes.length
      if (end <= filled && this.#buffer.compare(pattern.bytes, 0, pattern.bytes.length, offset, end) === 0) {
        found(pattern, offset)
      }
    }
  }
}

/** Multiplicative hashing (Knuth, The Art of Computer Programming, 6.4). */
function slotOf(start: number): number {
  return Math.imul(start, 0x9e3779b1) >>> (32 - tableBits)
}

function leadingZeros(bytes: Buffer): number {
  const first = bytes.findIndex((byte) => byte !== 0)
  return first === -1 ? bytes.length : first
}
