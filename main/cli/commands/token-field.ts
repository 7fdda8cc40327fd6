import { VaultError } from "../../domain/vault-error.ts"
import { text } from "../field.ts"

/** Asked for already, so that nobody takes a key of the vault for one that is in a token. */
export const tokenField = { token: text("URI", "a key in a token (not supported yet)") }

/** @throws `USAGE`: a token is never quietly replaced by software */
export function refuseToken({ token }: { readonly token: string | undefined }): void {
  if (token !== undefined) throw new VaultError("USAGE", "tokens are not supported yet")
}
