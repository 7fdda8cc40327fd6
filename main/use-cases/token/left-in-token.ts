import type { OpenVault } from "../../domain/open-vault.ts"
import { isSameObject, parseTokenUri } from "../../domain/token-uri.ts"
import { tokenHolders } from "../key/token-holders.ts"

/** The key in a token that has lost its job, and that nobody deletes there; `null` when it has another one in this vault. */
export function leftInToken(vault: OpenVault, uri: string): string | null {
  const used = [
    ...tokenHolders(vault).map((holder) => holder.uri),
    ...vault.keys.inTokens().map(({ location }) => location),
  ]
  return used.some((each) => isSameObject(parseTokenUri(each), parseTokenUri(uri))) ? null : uri
}
