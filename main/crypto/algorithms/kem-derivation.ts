import type { Mechanism } from "../../../preload/contract/values.ts"
import type { DerivationRequest } from "../../domain/key-crypto.ts"
import type { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { DerivationScheme, KemScheme } from "./algorithm-family.ts"
import { bareSecret, hashes, hkdfSecret } from "./derived-secret.ts"

/** What becomes of the secret that both sides share: HKDF's output, or, as `ml-kem`, the secret itself. */
const uses: ReadonlyMap<Mechanism, (shared: Secret, request: DerivationRequest) => Secret> = new Map([
  ...hashes.map(
    (hash) =>
      [
        `ml-kem-hkdf-${hash}`,
        (shared: Secret, request: DerivationRequest) => hkdfSecret(hash, shared.bytes, request),
      ] as const,
  ),
  ["ml-kem", bareSecret] as const,
])

/** What the holder of the private key derives from a ciphertext (FIPS 203, 6.3). */
export function kemDerivations(kem: KemScheme): ReadonlyMap<Mechanism, DerivationScheme> {
  return new Map(
    [...uses.keys()].map((mechanism) => [
      mechanism,
      {
        async derive(material, request) {
          if (request.peer !== null) throw new VaultError("INVALID_INPUT", "peer: this key takes a ciphertext instead")
          if (request.ciphertext === null) throw new VaultError("INVALID_INPUT", "ciphertext: is needed")
          using shared = await kem.decapsulate(material, request.ciphertext)
          return secretFrom(mechanism, shared, request)
        },
      },
    ]),
  )
}

/** What is derived, by either side, from the secret they share. @throws INVALID_INPUT "mechanism" */
export function secretFrom(mechanism: Mechanism, shared: Secret, request: DerivationRequest): Secret {
  const use = uses.get(mechanism)
  if (use === undefined) throw new VaultError("INVALID_INPUT", "mechanism")
  return use(shared, request)
}
