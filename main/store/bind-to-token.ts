import type { Algorithm } from "../../preload/contract/values.ts"
import { hkdfSha256 } from "../crypto/derive.ts"
import { readPublicKey } from "../crypto/formats/read-public-key.ts"
import { sha256 } from "../crypto/hmac.ts"
import { aadFor, type SealedPlace } from "../crypto/seal.ts"
import { secretForHolder } from "../crypto/secret-for-holder.ts"
import { Secret } from "../domain/secret.ts"
import type { HoldingTokens } from "../domain/token-access.ts"
import type { HolderScheme } from "../domain/token-port.ts"
import { parseTokenUri } from "../domain/token-uri.ts"
import { VaultError } from "../domain/vault-error.ts"
import { Base64, toBase64 } from "./base64.ts"
import type { TokenBinding } from "./token-binding.ts"

/** A key in a token that has shown that it does this job. */
export interface HoldingKey {
  readonly uri: string
  readonly algorithm: Algorithm
  readonly scheme: HolderScheme
  /** SubjectPublicKeyInfo DER */
  readonly publicKey: Uint8Array
}

/** The key that something is bound to. */
export function holdingKeyOf({ uri, scheme, publicKey: text }: Omit<TokenBinding, "encapsulated">): HoldingKey {
  const publicKey = Base64.parse(text)
  return { uri, scheme, publicKey, algorithm: readPublicKey(publicKey).algorithm }
}

/** What the sealing key is for and where: another place, another key. */
export interface BindingPlace extends SealedPlace {
  readonly use: string
}

/** Binds to a key in a token, which need not be there. @returns also the sealing key, 32 bytes, the caller's to wipe */
export async function bindTo(
  { uri, algorithm, scheme, publicKey }: HoldingKey,
  place: BindingPlace,
  passphraseKey: Secret | null = null,
): Promise<{ readonly binding: TokenBinding; readonly key: Secret }> {
  const { encapsulated, secret } = await secretForHolder(algorithm, scheme, publicKey)
  using owned = secret
  const binding = { uri, publicKey: toBase64(publicKey), scheme, encapsulated: toBase64(encapsulated) }
  return { binding, key: sealingKey(owned, binding, place, passphraseKey) }
}

/**
 * HKDF-SHA-256 (as in NIST SP 800-56C rev. 2, section 5) over what the token gave, with both public values and the place in the
 * info. A passphrase's key, always 32 bytes, stands in front of it: without either there is no key.
 */
export function sealingKey(
  secret: Secret,
  { publicKey, scheme, encapsulated }: TokenBinding,
  { use, ...place }: BindingPlace,
  passphraseKey: Secret | null,
): Secret {
  // Digests, because OpenSSL takes no more than 1024 bytes of info.
  const info = aadFor(use, { ...place, scheme, publicKey: digestOf(publicKey), encapsulated: digestOf(encapsulated) })
  const salt = new TextEncoder().encode(place.vaultId)
  if (passphraseKey === null) return hkdfSha256(secret.bytes, salt, info, 32)
  using both = Secret.ofSize(passphraseKey.bytes.length + secret.bytes.length)
  both.bytes.set(passphraseKey.bytes)
  both.bytes.set(secret.bytes, passphraseKey.bytes.length)
  return hkdfSha256(both.bytes, salt, info, 32)
}

function digestOf(text: string): string {
  return toBase64(sha256(Base64.parse(text)))
}

/** What the token comes to; `null` when it does not open. @throws as the token does */
export async function secretFromToken(
  tokens: HoldingTokens,
  pin: Secret | null,
  { uri, scheme, encapsulated }: TokenBinding,
): Promise<Secret | null> {
  const place = parseTokenUri(uri)
  const bytes = Base64.parse(encapsulated)
  if (scheme !== "ecdh") return await tokens.decrypt(place, pin, { mechanism: scheme }, bytes)
  return isPublicKey(bytes) ? await tokens.agree(place, pin, bytes) : null
}

/** A point that is on no curve of ours would make a token tell of its key. */
function isPublicKey(bytes: Uint8Array): boolean {
  try {
    readPublicKey(bytes)
    return true
  } catch (error) {
    if (error instanceof VaultError) return false
    throw error
  }
}
