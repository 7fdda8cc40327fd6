import type { Handle, PKCS11 } from "pkcs11js"
import { formatTokenUri, type TokenUri } from "../domain/token-uri.ts"
import { TokenAbilities } from "./token-abilities.ts"
import { callToken } from "./token-failure.ts"
import { isSecretAlgorithm, removeAll, requireClaims, unusedId } from "./token-keys.ts"
import { ObjectReader } from "./token-objects.ts"
import { broughtKeyTemplate, broughtPublicKeyTemplate, expectedClaimsOfBrought } from "./token-passing-templates.ts"
import type { TokenCallInput, TokenCallOutput } from "./token-protocol.ts"
import { publicKeyAttributes } from "./token-public-key.ts"
import type { TokenSession } from "./token-session.ts"
import type { TransportKeys } from "./token-transport.ts"

/**
 * Takes a key in that was made elsewhere, which comes encrypted and is opened by the token itself, and asks the token what it made of it:
 * what differs from what was asked is removed again.
 * @throws `TOKEN_ERROR`, `INVALID_INPUT`
 */
export function importKey(
  pkcs11: PKCS11,
  transport: TransportKeys,
  session: TokenSession,
  token: TokenUri,
  { algorithm, purpose, label, publicKey, packed }: TokenCallInput<"importKey">,
): TokenCallOutput<"importKey"> {
  TokenAbilities.inSession(pkcs11, session.handle).requireDoes(algorithm, purpose)
  const id = unusedId(pkcs11, session.handle)
  const choices = { algorithm, purpose, label, id }
  const isSecretKey = isSecretAlgorithm(algorithm)
  const key = transport.bringIn(session, packed, broughtKeyTemplate(choices, isSecretKey))
  let publicHalf: Handle | null = null
  try {
    requireClaims(new ObjectReader(pkcs11, session.handle, key), expectedClaimsOfBrought(purpose, isSecretKey))
    if (publicKey !== null) {
      const template = broughtPublicKeyTemplate(choices, publicKeyAttributes(algorithm, publicKey))
      publicHalf = callToken(() => pkcs11.C_CreateObject(session.handle, template))
    }
    const type = isSecretKey ? "secret-key" : "private"
    return { uri: formatTokenUri({ ...token, object: label, type, id }) }
  } catch (error) {
    removeAll(pkcs11, session.handle, [key, publicHalf])
    throw error
  }
}
