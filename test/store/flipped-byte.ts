import { closeSync, openSync, readSync, writeSync } from "node:fs"

/** What becomes of `act` while one byte of these files, which are all the same, is another. */
export async function withFlippedByte<Result>(
  paths: readonly string[],
  index: number,
  mask: number,
  act: () => Promise<Result>,
): Promise<Result> {
  for (const path of paths) flip(path, index, mask)
  try {
    return await act()
  } finally {
    for (const path of paths) flip(path, index, mask)
  }
}

function flip(path: string, index: number, mask: number): void {
  const file = openSync(path, "r+")
  const byte = Buffer.alloc(1)
  readSync(file, byte, 0, 1, index)
  writeSync(file, Buffer.from([byte.readUInt8() ^ mask]), 0, 1, index)
  closeSync(file)
}
