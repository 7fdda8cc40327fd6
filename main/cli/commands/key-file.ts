import { fileIsEncrypted } from "../../domain/encrypted-file.ts"
import type { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { Context } from "../context.ts"
import { descriptor } from "../descriptor.ts"
import { path } from "../field.ts"
import { readPassphraseFd, readPassphraseFile } from "../secret-input.ts"

/** In bytes; larger than any file of keys. */
export const largestKeyFile = 1024 * 1024

export const filePassphraseFields = {
  inPassphraseFile: path("FILE", "the passphrase that this file is encrypted with"),
  inPassphraseFd: descriptor("N", "the same, from file descriptor N"),
}

/** The passphrase of a key file, where one is given. The caller wipes it. */
export async function filePassphrase(file: string | undefined, fd: number | undefined) {
  if (file !== undefined) return await readPassphraseFile(file, "inPassphraseFile")
  return fd === undefined ? null : await readPassphraseFd(fd, "inPassphraseFd")
}

/**
 * Asks for what a file is wanted for. A person at a terminal types the passphrase of one that turns out to need it.
 * @param ask - may be called twice, and wipes the passphrase
 */
export async function askWithPassphrase<Result>(
  context: Context,
  given: Secret | null,
  ask: (passphrase: Uint8Array<ArrayBuffer> | undefined) => Promise<Result>,
): Promise<Result> {
  if (given !== null) return await ask(given.bytes)
  try {
    return await ask(undefined)
  } catch (error) {
    if (!(error instanceof VaultError) || error.detail !== fileIsEncrypted) throw error
    using typed = await context.passphraseOfFile()
    if (typed === null) throw error
    return await ask(typed.bytes)
  }
}
