import type { OpenVault } from "../../domain/open-vault.ts"

/** A key in a token that the vault cannot do without, and what for, as a person would say it. */
interface TokenHolder {
  readonly uri: string
  readonly holds: string
}

/** The keys in tokens that open the vault or a keyring of it. */
export function tokenHolders(vault: OpenVault): TokenHolder[] {
  const slots = vault.tokenSlots.list().map(({ uri }) => ({ uri, holds: "a keyslot" }))
  const keyrings = vault.keyrings
    .list()
    .flatMap(({ name, tokens }) => tokens.map(({ uri }) => ({ uri, holds: `the keyring ${name}` })))
  return [...slots, ...keyrings]
}
