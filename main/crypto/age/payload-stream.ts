import { setImmediate as eventLoopTurn } from "node:timers/promises"
import type { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { chachaUnder } from "../chacha20-poly1305.ts"
import { concatenated } from "../formats/concatenated.ts"
import { letGo } from "../let-go.ts"
import { type ByteSource, fill } from "./byte-source.ts"
import { chunkSize, chunksInRun, openChunks, sealChunks, sealedChunkSize } from "./payload-chunks.ts"

export interface Course {
  /** Told now and then how many bytes of plaintext are done. */
  readonly onProgress?: ((bytes: number) => void) | undefined
  /** Ends the work early, with the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

/** The chunks of a payload (age, "Payload"), in constant memory. */
export async function* sealPayload(
  key: Secret,
  plaintext: ByteSource,
  { onProgress, signal }: Course,
): AsyncGenerator<Uint8Array, void, void> {
  const cipher = chachaUnder(key.bytes)
  let done = 0
  for await (const { bytes, ...run } of runsOf(plaintext, chunkSize)) {
    signal?.throwIfAborted()
    const pieces = sealChunks(cipher, run, bytes)
    const sealed = concatenated(pieces)
    for (const piece of pieces) letGo(piece)
    yield sealed
    done += bytes.length
    onProgress?.(done)
  }
}

/**
 * What the chunks of a payload hold. Each is proven to be the one of its place before it is yielded; that none is missing behind
 * it shows only at the end. What is yielded is lent: when more is asked for, it is wiped.
 * @throws INTEGRITY_FAILED behind the last chunk that opens
 */
export async function* openPayload(
  key: Secret,
  sealed: ByteSource,
  { onProgress, signal }: Course,
): AsyncGenerator<Uint8Array, void, void> {
  const cipher = chachaUnder(key.bytes)
  let done = 0
  for await (const { bytes, ...run } of runsOf(sealed, sealedChunkSize)) {
    signal?.throwIfAborted()
    const { chunks, isIntact } = openChunks(cipher, run, bytes)
    try {
      for (const { bytes: plaintext } of chunks) {
        if (plaintext.length > 0) yield plaintext
        done += plaintext.length
      }
    } finally {
      for (const chunk of chunks) {
        chunk[Symbol.dispose]()
        letGo(chunk.bytes)
      }
    }
    if (!isIntact) throw notIntact()
    onProgress?.(done)
  }
}

/** A chunk that is not the one of its place, or the end of the file before that of the payload. */
export function notIntact(): VaultError {
  return new VaultError("INTEGRITY_FAILED", "age: the file was changed, or is cut off")
}

interface Run {
  readonly bytes: Uint8Array
  readonly first: number
  readonly isEnd: boolean
}

/** Some chunks at once, lent until more are asked for; one that is empty, if there is nothing at all. The event loop turns between them. */
async function* runsOf(source: ByteSource, size: number): AsyncGenerator<Run, void, void> {
  let [current, other] = [new Uint8Array(chunksInRun * size), new Uint8Array(chunksInRun * size)]
  try {
    let length = await fill(source, current)
    for (let first = 0; ; first += chunksInRun) {
      // Whether these are the last shows only when there is nothing behind them.
      const next = length < current.length ? 0 : await fill(source, other)
      yield { bytes: current.subarray(0, length), first, isEnd: next === 0 }
      if (next === 0) return
      await eventLoopTurn()
      ;[current, other] = [other, current]
      length = next
    }
  } finally {
    current.fill(0)
    other.fill(0)
  }
}
