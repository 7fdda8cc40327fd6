import { VaultError } from "../../domain/vault-error.ts"
import { descriptor } from "../descriptor.ts"
import { path, text } from "../field.ts"

/** Where a key is made, when that is not the vault. */
export const tokenField = { token: text("URI", "in this token, as `token list` shows it (pkcs11:…)") }

/** The PIN of the token that a key is in. */
export const pinFields = {
  pinFile: path("FILE", "the PIN of the token: the first line of FILE"),
  pinFd: descriptor("N", "the PIN of the token: one line read from file descriptor N"),
}

/** @throws `USAGE`: a token is never quietly replaced by software */
export function refuseToken({ token }: { readonly token: string | undefined }): void {
  if (token !== undefined) throw new VaultError("USAGE", "a token is not supported here yet")
}
