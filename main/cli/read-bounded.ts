import { read } from "node:fs"
import { open } from "node:fs/promises"
import { setTimeout as pause } from "node:timers/promises"
import { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"

/** Chunks start small, since most files are keys, and grow. */
const firstChunk = 16 * 1024

/**
 * Reads a file, a pipe or a device to its end.
 * @param limit - in bytes; what is larger is refused with `INVALID_INPUT`
 * @param field - what to call it when it is too large
 */
export async function readBounded(path: string, limit: number, field: string): Promise<Secret> {
  await using file = await open(path)
  return await readToEnd((into) => readSome(file.fd, into), limit, field)
}

/** Reads standard input to its end, within `limit` bytes. */
export async function readStandardInput(stdin: NodeJS.ReadableStream, limit: number, field: string): Promise<Secret> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of stdin) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk)
      chunks.push(bytes)
      length += bytes.length
      if (length > limit) throw tooLarge(field, limit)
    }
    return new Secret(joined(chunks, length))
  } finally {
    for (const chunk of chunks) chunk.fill(0)
  }
}

/** Reads at most as much as `into` holds; 0 at the end. */
export async function readSome(fd: number, into: Uint8Array): Promise<number> {
  for (;;) {
    try {
      return await readOnce(fd, into)
    } catch (error) {
      // Whoever started us made this pipe non-blocking: nothing is there yet.
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) throw error
      await pause(5)
    }
  }
}

function readOnce(fd: number, into: Uint8Array): Promise<number> {
  return new Promise((resolve, reject) => {
    read(fd, into, 0, into.length, null, (error, count) => (error === null ? resolve(count) : reject(error)))
  })
}

async function readToEnd(next: (into: Uint8Array) => Promise<number>, limit: number, field: string): Promise<Secret> {
  let buffer = new Uint8Array(firstChunk)
  let length = 0
  try {
    for (;;) {
      const count = await next(buffer.subarray(length))
      if (count === 0) return Secret.copyOf(buffer.subarray(0, length))
      length += count
      if (length > limit) throw tooLarge(field, limit)
      if (length === buffer.length) buffer = moved(buffer)
    }
  } finally {
    buffer.fill(0)
  }
}

function moved(buffer: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(buffer.length * 4)
  larger.set(buffer)
  buffer.fill(0)
  return larger
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const { bytes: whole } = Secret.ofSize(length)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

function tooLarge(field: string, limit: number): VaultError {
  const size = limit >= 1024 * 1024 ? `${limit / 1024 / 1024} MiB` : `${limit / 1024} KiB`
  return new VaultError("INVALID_INPUT", `${field}: is larger than ${size}`)
}
