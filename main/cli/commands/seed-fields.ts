import type { Context } from "../context.ts"
import { argument, integer, path, required, text } from "../field.ts"
import { readPassphraseFile } from "../secret-input.ts"
import { requireKey, tags } from "./key-fields.ts"

export const seedName = argument(required(text("NAME", "the seed")))
export const seedVersion = integer("N", "one version: a seed that was rotated away stays (without it: the current one)")

/** What is said of a seed when it is made. */
export const newSeedFields = {
  keyring: text("K", "the keyring for wallets that it belongs to (wallets)"),
  owner: text("WHO", "who answers for it"),
  environment: text("ENV", "where it is used"),
  tag: tags,
  exportable: text("HOW", "wrapped: it may be shown and leave encrypted; never: it may not (wrapped)"),
}

export const bip39PassphraseFile = path("FILE", "the BIP-39 passphrase: each makes another wallet, and none is wrong")
export const sharesPassphraseFile = path("FILE", "the passphrase of the SLIP-39 shares")

/** A further passphrase, where one is given. Dispatch hands its bytes on to whom they then belong. */
export async function passphraseIn(file: string | undefined, field: string) {
  return file === undefined ? undefined : (await readPassphraseFile(file, field)).bytes
}

/** The vault's passphrase once more, and whether a person wants a secret to show. */
export async function consent(context: Context, question: string, word: string) {
  await requireKey(context, word)
  const confirmed = await context.confirm(question, word)
  return { confirmed, passphrase: (await context.passphraseAgain()).bytes }
}
