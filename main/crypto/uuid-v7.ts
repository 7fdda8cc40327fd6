import { randomBytes } from "./random.ts"

const timeLimit = 2 ** 48
const counterLimit = 2 ** 26
const poolSize = 4096

const octets = Buffer.alloc(16)
let latest = -1
let counter = 0
let pool = new Uint8Array(0)

/**
 * A UUID version 7 (RFC 9562 section 5.7), greater than every one that this process made before: after the time come a
 * 26-bit counter with a random start (section 6.2, method 1) and 48 random bits.
 * @param now - whole milliseconds since 1970; when the clock steps back, the latest time seen stands
 * @throws `INTERNAL` when there is no randomness
 */
export function newId(now: number): string {
  if (!(Number.isInteger(now) && now >= 0 && now < timeLimit)) throw new RangeError("not a time")
  count(now)
  octets.writeUIntBE(latest, 0, 6)
  octets.writeUInt16BE(0x7000 | (counter >>> 14), 6)
  octets.writeUInt16BE(0x8000 | (counter & 0x3fff), 8)
  octets.set(drawFromPool(6), 10)
  const hex = octets.toString("hex")
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The counter starts in its lower half, so that a millisecond has room for 2^25 ids; after that the time runs ahead. */
function count(now: number): void {
  if (now > latest) {
    latest = now
    counter = randomStart()
  } else if (++counter === counterLimit) {
    latest += 1
    counter = randomStart()
  }
}

function randomStart(): number {
  return drawFromPool(4).reduce((value, byte) => value * 256 + byte, 0) % (counterLimit / 2)
}

/** Ids are no secrets: drawing for hundreds of them at once is what makes them cheap. */
function drawFromPool(size: number): Uint8Array {
  if (pool.length < size) pool = randomBytes(poolSize)
  const drawn = pool.subarray(0, size)
  pool = pool.subarray(size)
  return drawn
}
