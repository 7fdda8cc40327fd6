import { type FileHandle, open } from "node:fs/promises"
import { encryptAge, OpenedAge, unarmored } from "../crypto/age/age-stream.ts"
import type { ByteSource } from "../crypto/age/byte-source.ts"
import { newFileHead, openFileHead } from "../crypto/age/file-head.ts"
import type { Course } from "../crypto/age/payload-stream.ts"
import type { Identity, Recipient } from "../crypto/age/stanza.ts"
import { workThroughFile } from "./age-payload-threads.ts"
import { NewFile } from "./new-file.ts"

/** Below this, a payload is done before threads would have started. */
const leastForThreads = 8 * 1024 * 1024

/** Bytes after which the disk is asked to begin with them. */
const settleEvery = 64 * 1024 * 1024

/** From where to where. */
export interface FileWork extends Course {
  readonly input: string
  /** Complete and durable in the end, or not there at all: what is written before is not to be believed. */
  readonly output: string
  /** Replaces what is there. */
  readonly force: boolean
}

/** Encrypts a file of any size in the age format. @throws ALREADY_EXISTS, INVALID_INPUT, IO_ERROR */
export async function encryptFile(work: FileWork, recipients: readonly Recipient[], isArmored = false): Promise<void> {
  await using input = await open(work.input)
  await using output = await NewFile.begin(work.output, work.force)
  const length = await lengthForThreads(input)
  if (isArmored || length === null) {
    await writeAll(output, encryptAge(sourceIn(input), { ...work, recipients, isArmored }))
  } else {
    using head = await newFileHead(recipients)
    await output.write(head.bytes)
    const payload = {
      direction: "seal",
      input: { descriptor: input.fd, start: 0, length },
      output: { descriptor: output.descriptor, start: head.bytes.length },
    } as const
    await workThroughFile(head.payloadKey, payload, settling(output, work))
  }
  await output.finish()
}

/**
 * Decrypts a file of any size in the age format, armoured or not.
 * @returns `false` when it is for none of the identities; then there is no output
 * @throws INTEGRITY_FAILED, ALREADY_EXISTS, INVALID_INPUT, IO_ERROR; then there is no output either
 */
export async function decryptFile(work: FileWork, identities: readonly Identity[]): Promise<boolean> {
  await using input = await open(work.input)
  await using output = await NewFile.begin(work.output, work.force)
  const { source, isArmored } = await unarmored(sourceIn(input))
  using key = await openFileHead(source, identities)
  if (key === null) return false
  const whole = isArmored ? null : await lengthForThreads(input)
  if (whole === null) {
    await writeAll(output, new OpenedAge(key, source).plaintext(work))
  } else {
    const payload = {
      direction: "open",
      input: { descriptor: input.fd, start: source.consumed, length: whole - source.consumed },
      output: { descriptor: output.descriptor, start: 0 },
    } as const
    await workThroughFile(key, payload, settling(output, work))
  }
  await output.finish()
  return true
}

/** The disk is at it while the threads are. */
function settling(output: NewFile, { signal, onProgress }: Course): Course {
  let settled = 0
  return {
    signal,
    onProgress(bytes) {
      onProgress?.(bytes)
      if (bytes - settled < settleEvery) return
      settled = bytes
      output.settle()
    },
  }
}

/** The length of a file that is worth threads and can be read anywhere. */
async function lengthForThreads(file: FileHandle): Promise<number | null> {
  const stat = await file.stat()
  return stat.isFile() && stat.size >= leastForThreads ? stat.size : null
}

/** An open file, from where it stands. */
function sourceIn(file: FileHandle): ByteSource {
  return {
    async read(into) {
      const { bytesRead } = await file.read(into, 0, into.length, null)
      return bytesRead
    },
  }
}

async function writeAll(output: NewFile, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const chunk of chunks) await output.write(chunk)
}
