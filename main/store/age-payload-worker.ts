import { readSync, writevSync } from "node:fs"
import { parentPort, workerData } from "node:worker_threads"
import { type ChunkRun, chunkSize, openChunks, sealChunks, sealedChunkSize } from "../crypto/age/payload-chunks.ts"
import { type ChaCha, chachaUnder } from "../crypto/chacha20-poly1305.ts"
import { letGo } from "../crypto/let-go.ts"
import type { PayloadReport, PayloadTask } from "./age-payload-threads.ts"

const task: PayloadTask = workerData
const { direction, input, output, thread, threads, halt } = task
const [inputChunk, outputChunk] = direction === "seal" ? [chunkSize, sealedChunkSize] : [sealedChunkSize, chunkSize]

/** Read and written at once: what was read, and what is made of it, still are in the processor's cache when they are next used. */
const chunksInRun = 4
const runSize = inputChunk * chunksInRun
const buffer = new Uint8Array(runSize)

/** Bytes after which the event loop hears of them: each message costs it about as much as a chunk costs here. */
const toldAtOnce = 16 * 1024 * 1024

try {
  workThrough(chachaUnder(task.key, task.provider))
} finally {
  buffer.fill(0)
  task.key.fill(0)
}

function workThrough(cipher: ChaCha): void {
  const runs = Math.max(1, Math.ceil(input.length / runSize))
  const work = direction === "seal" ? seal : open
  let untold = 0
  for (let run = thread; run < runs && Atomics.load(halt, 0) === 0; run += threads) {
    const bytes = buffer.subarray(0, Math.min(runSize, input.length - run * runSize))
    const outcome = readAll(bytes, input.start + run * runSize)
      ? work(cipher, { first: run * chunksInRun, isEnd: run === runs - 1 }, bytes)
      : ({ kind: "cut-short" } as const)
    if (outcome.kind !== "done") {
      report(outcome)
      return
    }
    untold += outcome.bytes
    if (untold < toldAtOnce && run + threads < runs) continue
    report({ kind: "done", bytes: untold })
    untold = 0
  }
}

function seal(cipher: ChaCha, place: ChunkRun, plaintext: Uint8Array): PayloadReport {
  const pieces = sealChunks(cipher, place, plaintext)
  writeAll(pieces, place)
  for (const piece of pieces) letGo(piece)
  return { kind: "done", bytes: plaintext.length }
}

function open(cipher: ChaCha, place: ChunkRun, sealed: Uint8Array): PayloadReport {
  const { chunks, isIntact } = openChunks(cipher, place, sealed)
  const pieces = chunks.map(({ bytes }) => bytes)
  if (isIntact) writeAll(pieces, place)
  const bytes = pieces.reduce((sum, { length }) => sum + length, 0)
  for (const chunk of chunks) {
    chunk[Symbol.dispose]()
    letGo(chunk.bytes)
  }
  return isIntact ? { kind: "done", bytes } : { kind: "not-intact" }
}

/** @returns whether there was as much */
function readAll(into: Uint8Array, position: number): boolean {
  for (let done = 0; done < into.length; ) {
    const count = readSync(input.descriptor, into, done, into.length - done, position + done)
    if (count === 0) return false
    done += count
  }
  return true
}

function writeAll(pieces: readonly Uint8Array[], { first }: ChunkRun): void {
  let position = output.start + first * outputChunk
  let left = pieces.filter(({ length }) => length > 0)
  while (left.length > 0) {
    const count = writevSync(output.descriptor, left, position)
    position += count
    left = behind(left, count)
  }
}

/** What is left of pieces when as many bytes of them are done. */
function behind(pieces: readonly Uint8Array[], count: number): Uint8Array[] {
  let done = count
  return pieces.flatMap((piece) => {
    const rest = piece.subarray(Math.min(done, piece.length))
    done -= piece.length - rest.length
    return rest.length > 0 ? [rest] : []
  })
}

function report(said: PayloadReport): void {
  parentPort?.postMessage(said)
}
