import type { Algorithm, Purpose } from "../../../preload/contract/values.ts"
import type { LongWork } from "../../domain/long-work.ts"
import type { Secret } from "../../domain/secret.ts"
import type { TokenKey, TokenPort } from "../../domain/token-port.ts"
import { parseTokenUri, type TokenUri } from "../../domain/token-uri.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { type TokenUseParts, workOf } from "../key-use/token-use.ts"
import { tryTokenKey } from "./try-token-key.ts"

interface TokenKeyRequest {
  /** Of the token. */
  readonly uri: TokenUri
  readonly pin: Secret | null
  readonly algorithm: Algorithm
  readonly purpose: Purpose
  readonly label: string
}

/**
 * Makes a key in a token, and has the vault keep it.
 * @param keep - notes the key in the vault
 * @param work - to be given up on: a card takes minutes for an RSA key
 * @throws `TOKEN_ABSENT`, `TOKEN_ERROR`, `PIN_INCORRECT`, `PIN_LOCKED`, `INVALID_INPUT` for an algorithm that it has not, `CANCELLED`
 */
export async function generateInToken<Result>(
  parts: TokenUseParts,
  { uri, pin, ...wanted }: TokenKeyRequest,
  keep: (made: TokenKey) => Result | Promise<Result>,
  { signal }: Pick<LongWork, "signal">,
): Promise<Result> {
  const make = async (tokens: TokenPort): Promise<TokenKey> => {
    const made = await tokens.generate(uri, pin, wanted, { signal })
    try {
      requireSound(parts, wanted, made)
      return made
    } catch (error) {
      await removeAgain(parts, tokens, made, pin)
      throw error
    }
  }
  return await keepInToken(parts, { pin, ...wanted }, make, (made) => {
    signal.throwIfAborted()
    return keep(made)
  })
}

/** Chips have made RSA keys that anybody can factor. @throws `TOKEN_ERROR` */
function requireSound(
  { crypto }: TokenUseParts,
  { algorithm }: Pick<TokenKeyRequest, "algorithm">,
  { publicKey }: TokenKey,
): void {
  const [weakness] = publicKey !== null && algorithm.startsWith("rsa-") ? crypto.weaknessesOf(publicKey) : []
  if (weakness !== undefined)
    throw new VaultError("TOKEN_ERROR", `the key that it made is weak, and was removed again: ${weakness}`)
}

/**
 * Has a new key in a token tried before anybody relies on it, and kept by the vault. A key that does not work, or that the vault
 * does not take, is removed again: nobody would know of it.
 * @param make - is called with the token
 */
export async function keepInToken<Result>(
  parts: TokenUseParts,
  { pin, algorithm, purpose }: Omit<TokenKeyRequest, "uri" | "label">,
  make: (tokens: TokenPort) => Promise<TokenKey>,
  keep: (made: TokenKey) => Result | Promise<Result>,
): Promise<Result> {
  const tokens = await parts.tokens()
  const made = await make(tokens)
  try {
    // The login of a moment ago is enough.
    return await keep(await tryTokenKey(workOf(parts, null), { algorithm, purpose }, made))
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
