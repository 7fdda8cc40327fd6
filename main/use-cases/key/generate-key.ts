import type { InputOf } from "../../../preload/contract/index.ts"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import type { FollowWork } from "../../domain/long-work.ts"
import { usualPurpose } from "../../domain/purpose.ts"
import { Secret } from "../../domain/secret.ts"
import type { TokenKey } from "../../domain/token-port.ts"
import { parseTokenUri } from "../../domain/token-uri.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { TokenUseParts } from "../key-use/token-use.ts"
import { requireAllowed, requireMayBeMade, storeNewKey } from "./store-new-key.ts"
import { generateInToken } from "./token-material.ts"

/**
 * Generates a key, in the vault or in a token.
 * @throws `ALREADY_EXISTS`, `NOT_FOUND` (keyring), `INVALID_INPUT`, `POLICY_DENIED`, `APPROVAL_REQUIRED`, and of a token `TOKEN_ABSENT`,
 * `TOKEN_ERROR`, `PIN_INCORRECT`, `PIN_LOCKED`, `CANCELLED`
 */
export function generateKey(parts: TokenUseParts, follow: FollowWork) {
  const { session, crypto } = parts
  return async ({
    algorithm,
    purpose = usualPurpose(algorithm),
    token,
    pin,
    ...wanted
  }: InputOf<"key.generate">): Promise<KeyObject> => {
    using secretPin = pin === undefined ? null : new Secret(pin)
    const vault = session.current()
    requireAllowed({ algorithm, purpose }, wanted)
    if (vault.keys.find(wanted.name) !== null) throw new VaultError("ALREADY_EXISTS", `a key named ${wanted.name}`)
    const kind = { algorithm, purpose, origin: "generated", action: "key.generate" } as const
    if (token === undefined) {
      requireMayBeMade(vault, kind, wanted)
      using material = await crypto.generateMaterial(algorithm)
      return await storeNewKey(vault, crypto, kind, wanted, material, secretPin)
    }
    if (wanted.exportable !== undefined && wanted.exportable !== "never") {
      throw new VaultError("POLICY_DENIED", "exportable: a key never leaves the token that made it")
    }
    const request = { uri: parseTokenUri(token), pin: secretPin, algorithm, purpose, label: wanted.name }
    const metadata = { ...wanted, exportable: "never" } as const
    requireMayBeMade(vault, kind, metadata, token)
    const keep = (made: TokenKey): Promise<KeyObject> => storeNewKey(vault, crypto, kind, metadata, made, null)
    return await follow("key.generate", (work) => generateInToken(parts, request, keep, work))
  }
}
