import type { Mechanism } from "../../../preload/contract/values.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import { tokenUriOf } from "../../domain/key-location.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
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

/** What one use of a key works with: the open vault, and the PIN of the token that the key may be in. */
export interface KeyWork extends Omit<TokenUseParts, "session"> {
  readonly vault: OpenVault
  readonly pin: Secret | null
}

export function workOf({ session, crypto, tokens }: TokenUseParts, pin: Secret | null): KeyWork {
  return { vault: session.current(), crypto, tokens, pin }
}

/** What tokens say of OAEP with another hash than they know. */
const withSha1: Readonly<Partial<Record<Mechanism, Mechanism>>> = {
  "rsa-oaep-sha256": "rsa-oaep-sha1",
  "rsa-oaep-sha256-aes-kwp": "rsa-oaep-sha1-aes-kwp",
}

/** What signs where a token has no PSS: no other padding is left, and it is still sound (RFC 8017, section 8.2). */
const withPkcs1: Readonly<Partial<Record<Mechanism, Mechanism>>> = { "rsa-pss-sha256": "rsa-pkcs1-sha256" }

/** As `chosenMechanism`; without a wish, one that the token of that version knows. */
export function mechanismFor(
  crypto: KeyCrypto,
  { algorithm }: Pick<Key, "algorithm">,
  version: Pick<KeyVersion, "location">,
  uses: Parameters<KeyCrypto["chosenMechanism"]>[1],
  asked?: Mechanism,
): Mechanism {
  const chosen = crypto.chosenMechanism(algorithm, uses, asked)
  const place = tokenUriOf(version)
  if (asked !== undefined || place === null) return chosen
  if (place.oaep === "sha1") return withSha1[chosen] ?? chosen
  return place.signing === "pkcs1" ? (withPkcs1[chosen] ?? chosen) : chosen
}

/**
 * Signs in the token. What it gives is checked with the public key before anybody gets it: tokens break, and some lie.
 * @throws `TOKEN_ABSENT`, `TOKEN_ERROR`, `PIN_INCORRECT`, `PIN_LOCKED`
 */
export async function signInToken(
  { crypto, tokens, pin }: Pick<KeyWork, "crypto" | "tokens" | "pin">,
  { algorithm }: Pick<Key, "algorithm">,
  { publicKey }: Pick<KeyVersion, "publicKey">,
  { uri, mechanism, message }: { readonly uri: TokenUri; readonly mechanism: Mechanism; readonly message: Uint8Array },
): Promise<Uint8Array> {
  const signature = await (await tokens()).sign(uri, pin, mechanism, message)
  const isValid = publicKey !== null && (await crypto.verify(algorithm, mechanism, publicKey, message, signature))
  if (!isValid) throw new VaultError("TOKEN_ERROR", "it gave a signature that is not the key's")
  return signature
}
