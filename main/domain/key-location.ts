import type { KeyVersion } from "./key.ts"
import { parseTokenUri, type TokenUri } from "./token-uri.ts"

/** What a version's location says when its material is in the vault. Else it is the PKCS#11 URI of the key in its token. */
export const inVault = "vault"

/** Where the key of a version is, when that is a token; else `null`. */
export function tokenUriOf({ location }: Pick<KeyVersion, "location">): TokenUri | null {
  return location === inVault ? null : parseTokenUri(location)
}
