import type { Needle } from "../support/needle-patterns.ts"

const pieceSize = 16

/**
 * Looks for a secret by its pieces: memory that was freed has lost its beginning to the allocator, and the lines of PEM
 * cut base64 into pieces. Half a key is a leak, too.
 */
export function piecesOf({ name, bytes }: Needle): Needle[] {
  if (bytes.length < 2 * pieceSize) return [{ name, bytes }]
  return Array.from({ length: Math.ceil(bytes.length / pieceSize) }, (_, index) => {
    const start = Math.min(index * pieceSize, bytes.length - pieceSize)
    return { name, bytes: bytes.subarray(start, start + pieceSize) }
  })
}
