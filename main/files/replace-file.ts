import { closeSync, constants, fsync, fsyncSync, openSync, renameSync, writeSync } from "node:fs"
import { dirname } from "node:path"
import { promisify } from "node:util"
import { cleanUp, removeFile } from "./remove-file.ts"

const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants

/**
 * Puts `bytes` in the place of a file so that a crash leaves the old content or the new one, never a mixture:
 * temporary file, fsync, rename, fsync of the folder. Mode 0600.
 */
export function replaceFile(path: string, bytes: Uint8Array): void {
  const temporary = `${path}.new`
  removeFile(temporary)
  try {
    writeNewFile(temporary, bytes)
    renameSync(temporary, path)
  } catch (error) {
    cleanUp(() => removeFile(temporary))
    throw error
  }
  syncDirectory(dirname(path))
}

/** Creates a file that must not exist yet, mode 0600, and makes its content durable. Follows no link. */
export function writeNewFile(path: string, bytes: Uint8Array): void {
  const file = openSync(path, O_WRONLY | O_CREAT | O_EXCL | (O_NOFOLLOW ?? 0), 0o600)
  try {
    writeAll(file, bytes)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** `write` may take less than it was given, for example just before a disk is full. */
export function writeAll(file: number, bytes: Uint8Array): void {
  let written = 0
  while (written < bytes.length) written += writeSync(file, bytes, written)
}

const syncedAtOnce = 4 * 1024 * 1024

const durably = promisify(fsync)

/** A file that is written in many parts. It is made durable as it grows, beside the event loop, so that little is left for its end. */
export class LargeFile {
  readonly #file: number
  #unsynced = 0

  /** @param file - open for writing; the caller's to close */
  constructor(file: number) {
    this.#file = file
  }

  async write(bytes: Uint8Array): Promise<void> {
    writeAll(this.#file, bytes)
    this.#unsynced += bytes.length
    if (this.#unsynced < syncedAtOnce) return
    await durably(this.#file)
    this.#unsynced = 0
  }

  sync(): void {
    fsyncSync(this.#file)
  }
}

/** Makes the content of a file durable as it is now. Not for a database: closing it would let go of SQLite's own lock. */
export function syncFile(path: string): void {
  const file = openSync(path, constants.O_RDWR)
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Makes a rename or a new name durable. Windows can't sync a folder and does not need to. */
export function syncDirectory(path: string): void {
  if (process.platform === "win32") return
  const folder = openSync(path, constants.O_RDONLY)
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
