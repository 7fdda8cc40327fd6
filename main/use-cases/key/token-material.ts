import type { Algorithm, Purpose } from "../../../preload/contract/values.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import type { Secret } from "../../domain/secret.ts"
import type { TokenKey, TokenPort } from "../../domain/token-port.ts"
import { parseTokenUri, type TokenUri } from "../../domain/token-uri.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { signInToken, type TokenUseParts } from "../key-use/token-use.ts"

interface TokenKeyRequest {
  /** Of the token. */
  readonly uri: TokenUri
  readonly pin: Secret | null
  readonly algorithm: Algorithm
  readonly purpose: Purpose
  readonly label: string
}

/** Proves that the new key does its work: some tokens make keys that they can't use. */
const probe = new TextEncoder().encode("Claviger tries a new key")

/**
 * Makes a key in a token, tries it before anybody relies on it, and has the vault keep it. A key that does not work, or that the vault
 * does not take, is removed again: nobody would know of it.
 * @param keep - notes the key in the vault
 * @throws `TOKEN_ABSENT`, `TOKEN_ERROR`, `PIN_INCORRECT`, `PIN_LOCKED`, `INVALID_INPUT` for an algorithm that it has not
 */
export async function generateInToken<Result>(
  parts: TokenUseParts,
  { uri, pin, algorithm, purpose, label }: TokenKeyRequest,
  keep: (made: TokenKey) => Result,
): Promise<Result> {
  // A key that nothing can be done with yet would be a trap.
  if (!signing.includes(purpose)) throw new VaultError("INVALID_INPUT", "purpose: keys in tokens only sign so far")
  const tokens = await parts.tokens()
  const made = await tokens.generate(uri, pin, { algorithm, purpose, label })
  try {
    await tryKey(parts, algorithm, made)
    return keep(made)
  } catch (error) {
    await removeAgain(parts, tokens, made, pin)
    throw error
  }
}

/** The error that led here says more than one of the removal would. */
async function removeAgain(
  { session }: TokenUseParts,
  tokens: TokenPort,
  { uri }: TokenKey,
  pin: Secret | null,
): Promise<void> {
  // A lock has logged out; the PIN has shown to be the right one.
  const again = session.isUnlocked() ? null : pin
  await tokens.destroy(parseTokenUri(uri), again).catch(() => undefined)
  if (!session.isUnlocked()) tokens.close()
}

const signing: readonly Purpose[] = ["signature", "authentication", "ssh", "certificate-authority"]

async function tryKey(parts: TokenUseParts, algorithm: Algorithm, { uri, publicKey }: TokenKey): Promise<void> {
  requirePublicKey(parts.crypto, algorithm, publicKey)
  const mechanism = parts.crypto.chosenMechanism(algorithm, "sign")
  await signInToken(
    parts,
    { algorithm },
    { publicKey },
    { uri: parseTokenUri(uri), pin: null, mechanism, message: probe },
  )
}

function requirePublicKey(crypto: KeyCrypto, algorithm: Algorithm, publicKey: Uint8Array | null): void {
  try {
    if (publicKey !== null && crypto.readPublicKey(publicKey).algorithm === algorithm) return
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
  }
  throw new VaultError("TOKEN_ERROR", "the public key that it gave is none of that algorithm")
}
