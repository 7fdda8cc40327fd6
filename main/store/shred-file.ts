import { closeSync, constants, fstatSync, fsyncSync, openSync, readSync, unlinkSync, writeSync } from "node:fs"
import { dirname } from "node:path"
import { randomBytes } from "../crypto/random.ts"
import { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"
import { syncDirectory } from "../files/replace-file.ts"

/** Windows has neither. */
const { O_RDWR, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants

/** Bytes: as much as an import takes. */
const largest = 1024 * 1024

/**
 * Overwrites a small file once and removes it. What a disk, a snapshot or a backup keeps besides is out of reach.
 * @param isMeant - told the content, so that no other file is lost by a slip of the finger
 * @throws `INVALID_INPUT` for another file, or one that has a second name; `IO_ERROR`
 */
export function shredFile(path: string, isMeant: (content: Uint8Array) => boolean): void {
  const file = openSync(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK)
  try {
    const found = fstatSync(file)
    const isSmall = found.isFile() && found.size <= largest
    if (!isSmall || !holds(file, found.size, isMeant)) {
      throw new VaultError("INVALID_INPUT", "file: it is not what was imported")
    }
    if (found.nlink > 1)
      throw new VaultError("INVALID_INPUT", "file: it has another name too, so that somebody else may need it")
    overwrite(file, found.size)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  unlinkSync(path)
  syncDirectory(dirname(path))
}

function holds(file: number, size: number, isMeant: (content: Uint8Array) => boolean): boolean {
  using content = Secret.ofSize(size)
  for (let at = 0; at < size; ) {
    const read = readSync(file, content.bytes, at, size - at, at)
    if (read === 0) return false
    at += read
  }
  return isMeant(content.bytes)
}

function overwrite(file: number, size: number): void {
  const noise = randomBytes(size)
  for (let at = 0; at < size; ) at += writeSync(file, noise, at, size - at, at)
}
