import { setImmediate as eventLoopTurn } from "node:timers/promises"

/** Bytes in one go: well under a millisecond of hashing or AES on any machine with the instructions for them. */
const sliceSize = 1024 * 1024

/** Views of the bytes, one after the other; between two of them the event loop turns, so that long input does not hold it up. */
export async function* slicesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += sliceSize) {
    if (start > 0) await eventLoopTurn()
    yield bytes.subarray(start, start + sliceSize)
  }
}
