import type { OpenVault } from "../../domain/open-vault.ts"
import { isSameObject, parseTokenUri } from "../../domain/token-uri.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { tokenHolders } from "./token-holders.ts"

/** A key in a token that opens the vault or a keyring has its job, and must not go with a key of the inventory. @throws `POLICY_DENIED` */
export function requireHoldsNothing(vault: OpenVault, uri: string): void {
  const holder = tokenHolders(vault).find((each) => isSameObject(parseTokenUri(each.uri), parseTokenUri(uri)))
  if (holder === undefined) return
  throw new VaultError("POLICY_DENIED", `usages-within-purpose: that key holds ${holder.holds}, and has a job`)
}
