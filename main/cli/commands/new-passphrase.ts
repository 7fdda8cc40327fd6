import { descriptor } from "../descriptor.ts"
import { path } from "../field.ts"
import type { PassphraseSource } from "../secret-input.ts"

/** What every command that sets a passphrase can be told; with neither it asks at the terminal, twice. */
export const newPassphraseFields = {
  newPassphraseFile: path("FILE", "the new passphrase: the first line of FILE"),
  newPassphraseFd: descriptor("N", "the new passphrase: one line read from file descriptor N"),
}

export function newPassphraseSource(args: {
  readonly newPassphraseFile: string | undefined
  readonly newPassphraseFd: number | undefined
}): PassphraseSource {
  return { file: args.newPassphraseFile, fd: args.newPassphraseFd }
}
