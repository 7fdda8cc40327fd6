import type { Mechanism } from "../../../preload/contract/values.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import type { Secret } from "../../domain/secret.ts"
import type { TokenPort } from "../../domain/token-port.ts"
import type { TokenUri } from "../../domain/token-uri.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { UseParts } from "./log-use.ts"

/** What a use is made of that a token may have to do. */
export interface TokenUseParts extends UseParts {
  /** Loaded when a token is first asked for. */
  readonly tokens: () => Promise<TokenPort>
}

/**
 * Signs in the token. What it gives is checked with the public key before anybody gets it: tokens break, and some lie.
 * @throws `TOKEN_ABSENT`, `TOKEN_ERROR`, `PIN_INCORRECT`, `PIN_LOCKED`
 */
export async function signInToken(
  { crypto, tokens }: TokenUseParts,
  { algorithm }: Pick<Key, "algorithm">,
  { publicKey }: Pick<KeyVersion, "publicKey">,
  {
    uri,
    pin,
    mechanism,
    message,
  }: {
    readonly uri: TokenUri
    readonly pin: Secret | null
    readonly mechanism: Mechanism
    readonly message: Uint8Array
  },
): Promise<Uint8Array> {
  const signature = await (await tokens()).sign(uri, pin, mechanism, message)
  const isValid = publicKey !== null && (await crypto.verify(algorithm, mechanism, publicKey, message, signature))
  if (!isValid) throw new VaultError("TOKEN_ERROR", "it gave a signature that is not the key's")
  return signature
}
