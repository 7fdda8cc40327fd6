import { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"
import { readBounded, readSome } from "./read-bounded.ts"

/** Where a passphrase comes from; with neither, a person is asked. */
export interface PassphraseSource {
  readonly file?: string | undefined
  readonly fd?: number | undefined
}

/** As much of a passphrase file as is looked at: a file of another kind is not read in. */
const largestFile = 64 * 1024
const longestPassphrase = 1024
const lineFeed = 0x0a
const carriageReturn = 0x0d
const byteOrderMark = [0xef, 0xbb, 0xbf]

/**
 * The first line of a file, without its line break, as bytes.
 * @throws `INVALID_INPUT` when it is empty or longer than 1024 bytes
 */
export async function readPassphraseFile(path: string, field: string): Promise<Secret> {
  using content = await readBounded(path, largestFile, field)
  return firstLine(content.bytes, field)
}

/** As `readPassphraseFile`, of an open file descriptor. Takes that one line and leaves what follows. */
export async function readPassphraseFd(fd: number, field: string): Promise<Secret> {
  using line = Secret.ofSize(longestPassphrase + 2)
  let length = 0
  while (length < line.bytes.length) {
    const count = await readSome(fd, line.bytes.subarray(length, length + 1))
    if (count === 0 || line.bytes[length] === lineFeed) break
    length += 1
  }
  return firstLine(line.bytes.subarray(0, length), field)
}

/** All lines that are not blank, as bytes: recovery shares. A byte-order mark, as some editors write it, is no part of them. */
export function secretLines({ bytes }: Secret): Secret[] {
  const isMarked = byteOrderMark.every((byte, index) => bytes[index] === byte)
  const lines: Secret[] = []
  for (let start = isMarked ? byteOrderMark.length : 0; start < bytes.length; ) {
    const feed = bytes.indexOf(lineFeed, start)
    const end = feed === -1 ? bytes.length : feed
    const line = withoutCarriageReturn(bytes.subarray(start, end))
    if (line.some((byte) => byte > 0x20)) lines.push(Secret.copyOf(line))
    start = end + 1
  }
  return lines
}

function firstLine(bytes: Uint8Array, field: string): Secret {
  const feed = bytes.indexOf(lineFeed)
  const line = withoutCarriageReturn(feed === -1 ? bytes : bytes.subarray(0, feed))
  if (line.length === 0) throw new VaultError("INVALID_INPUT", `${field}: its first line is empty`)
  if (line.length > longestPassphrase) {
    throw new VaultError("INVALID_INPUT", `${field}: its first line is longer than ${longestPassphrase} bytes`)
  }
  return Secret.copyOf(line)
}

function withoutCarriageReturn(line: Uint8Array): Uint8Array {
  return line.at(-1) === carriageReturn ? line.subarray(0, -1) : line
}
