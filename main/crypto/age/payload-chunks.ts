import type { Secret } from "../../domain/secret.ts"
import type { ChaCha } from "../chacha20-poly1305.ts"
import { type ChunkPlace, streamNonce } from "../stream-nonce.ts"

const tagSize = 16

/** Bytes in every chunk but the last, which may be shorter (age, "Payload"). */
export const chunkSize = 64 * 1024
export const sealedChunkSize = chunkSize + tagSize

/** Handled at once: a third of a millisecond, three where the cipher is JavaScript; and memory that is used again. */
export const chunksInRun = 4

/** Neighbouring chunks of a payload. Plaintext and ciphertext of none but a last chunk are shorter than a chunk is. */
export interface ChunkRun {
  /** The number of the first of them, from 0. */
  readonly first: number
  /** Whether the last of them is the last of the payload. */
  readonly isEnd: boolean
}

/** Each chunk sealed for itself, in pieces to be put one behind the other; an empty payload is one empty chunk. */
export function sealChunks(
  cipher: ChaCha,
  { first, isEnd }: ChunkRun,
  plaintext: Uint8Array,
): Uint8Array<ArrayBuffer>[] {
  const count = Math.max(1, Math.ceil(plaintext.length / chunkSize))
  return Array.from({ length: count }, (_, number) => {
    const nonce = streamNonce({ index: first + number, isLast: isEnd && number === count - 1 })
    return cipher.seal(nonce, plaintext.subarray(number * chunkSize, (number + 1) * chunkSize))
  }).flat()
}

/** The chunks that opened, whose owner is the caller, up to the first that is not the one that belongs there. */
export interface OpenedChunks {
  readonly chunks: readonly Secret[]
  readonly isIntact: boolean
}

export function openChunks(cipher: ChaCha, { first, isEnd }: ChunkRun, sealed: Uint8Array): OpenedChunks {
  const count = Math.max(1, Math.ceil(sealed.length / sealedChunkSize))
  const chunks: Secret[] = []
  for (let number = 0; number < count; number += 1) {
    const place = { index: first + number, isLast: isEnd && number === count - 1 }
    const chunk = sealed.subarray(number * sealedChunkSize, (number + 1) * sealedChunkSize)
    // Only an empty payload has an empty chunk.
    const isPossible = chunk.length > tagSize || place.index === 0
    const opened = isPossible ? cipher.open(streamNonce(place), chunk) : null
    if (opened === null) return { chunks: [...chunks, ...misplacedEnd(cipher, place, chunk)], isIntact: false }
    chunks.push(opened)
  }
  return { chunks, isIntact: true }
}

/**
 * A whole chunk that is genuine, but the last where more follows, or not the last where nothing does. A reader that can't
 * look ahead has given it out before it can tell; so do we, and as the testkit asks for.
 */
function misplacedEnd(cipher: ChaCha, { index, isLast }: ChunkPlace, chunk: Uint8Array): Secret[] {
  const opened = chunk.length === sealedChunkSize ? cipher.open(streamNonce({ index, isLast: !isLast }), chunk) : null
  return opened === null ? [] : [opened]
}
