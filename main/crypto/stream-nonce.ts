/** Where a chunk stands in its stream. */
export interface ChunkPlace {
  /** Counts from 0. */
  readonly index: number
  readonly isLast: boolean
}

/**
 * The nonce of a chunk: its number, in 11 bytes, and whether it is the last, in one (the STREAM construction of Hoang,
 * Reyhanitabar, Rogaway and Vizár, as in age): a missing, moved or added chunk does not open.
 */
export function streamNonce({ index, isLast }: ChunkPlace): Uint8Array {
  const nonce = new Uint8Array(12)
  const view = new DataView(nonce.buffer)
  view.setBigUint64(3, BigInt(index))
  view.setUint8(11, isLast ? 1 : 0)
  return nonce
}
