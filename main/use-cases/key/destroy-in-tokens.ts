import type { KeyVersion } from "../../domain/key.ts"
import { tokenUriOf } from "../../domain/key-location.ts"
import type { Secret } from "../../domain/secret.ts"
import { formatTokenUri } from "../../domain/token-uri.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { TokenUseParts } from "../key-use/token-use.ts"
import { requireHoldsNothing } from "./require-holds-nothing.ts"

/** How the material of a version goes, in the words of the certificate. */
const methods = {
  vault:
    "The wrapped DEK and the ciphertext were overwritten in the database, and the write-ahead log was emptied into it.",
  token: "The objects were deleted in the token and are no longer found there.",
  gone: "Nothing of the key was found in the token any more.",
  replaced: "The token had another key in its place, which was left there.",
} as const
type Way = keyof typeof methods
/** What happens to material that is in the vault. */
export const vaultMethod = methods.vault

/**
 * Destroys what of the versions is in tokens, before the vault forgets where it was: each token proves that the key is gone. What is gone
 * already was destroyed by a try that did not get further.
 * @returns how all of it goes, for the certificate
 * @throws `POLICY_DENIED`, `TOKEN_ABSENT`, `TOKEN_ERROR`, `PIN_INCORRECT`, `PIN_LOCKED`
 */
export async function destroyInTokens(
  { session, tokens }: Pick<TokenUseParts, "session" | "tokens">,
  versions: readonly KeyVersion[],
  pin: Secret | null,
): Promise<string> {
  for (const version of versions) {
    const uri = tokenUriOf(version)
    if (uri !== null) requireHoldsNothing(session.current(), formatTokenUri(uri))
  }
  const ways = new Set<Way>()
  for (const version of versions) ways.add(await destroyOne(tokens, version, pin))
  return [...ways].map((way) => methods[way]).join(" ")
}

async function destroyOne(tokens: TokenUseParts["tokens"], version: KeyVersion, pin: Secret | null): Promise<Way> {
  const uri = tokenUriOf(version)
  if (uri === null) return "vault"
  try {
    return (await (await tokens()).destroy(uri, pin, version.publicKey)) ? "token" : "replaced"
  } catch (error) {
    if (error instanceof VaultError && error.code === "NOT_FOUND") return "gone"
    throw error
  }
}
