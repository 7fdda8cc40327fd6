import { descriptor } from "../descriptor.ts"
import { path } from "../field.ts"
import { readPassphraseFd, readPassphraseFile } from "../secret-input.ts"

/** In bytes; larger than any file of keys. */
export const largestKeyFile = 1024 * 1024

export const filePassphraseFields = {
  inPassphraseFile: path("FILE", "the passphrase that the key file is encrypted with"),
  inPassphraseFd: descriptor("N", "the same, from file descriptor N"),
}

/** The passphrase of a key file, where one is given. The caller wipes it. */
export async function filePassphrase(file: string | undefined, fd: number | undefined) {
  if (file !== undefined) return await readPassphraseFile(file, "inPassphraseFile")
  return fd === undefined ? null : await readPassphraseFd(fd, "inPassphraseFd")
}
