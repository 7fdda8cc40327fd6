import type { PKCS11 } from "pkcs11js"
import type { Algorithm } from "../../preload/contract/values.ts"
import { VaultError } from "../domain/vault-error.ts"
import { callToken } from "./token-failure.ts"
import { generationMechanism, mechanismName } from "./token-mechanisms.ts"
import type { FoundToken } from "./token-slots.ts"

/**
 * What a token says that it can't do is not tried, nor a PIN for it: some answer with an error that says something else.
 * @throws `INVALID_INPUT` when it makes no keys of the algorithm; `TOKEN_ERROR` when it takes none at all
 */
export function requireMakes(pkcs11: PKCS11, { slot, token }: FoundToken, algorithm: Algorithm): void {
  if (token.isWriteProtected) throw new VaultError("TOKEN_ERROR", "it is write-protected")
  const mechanism = generationMechanism(algorithm)
  if (!callToken(() => pkcs11.C_GetMechanismList(slot)).includes(mechanism)) {
    const name = mechanismName(mechanism)
    throw new VaultError("INVALID_INPUT", `algorithm: this token does not make ${algorithm}: it has no ${name}`)
  }
  // The size of other keys is in bits here and in bytes there.
  if (!algorithm.startsWith("rsa-")) return
  const bits = Number(algorithm.slice("rsa-".length))
  const { minKeySize, maxKeySize } = callToken(() => pkcs11.C_GetMechanismInfo(slot, mechanism))
  if (bits >= minKeySize && bits <= maxKeySize) return
  throw new VaultError("INVALID_INPUT", `algorithm: this token makes RSA keys of ${minKeySize} to ${maxKeySize} bits`)
}
