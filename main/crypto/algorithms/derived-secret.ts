import { hkdfSync } from "node:crypto"
import type { DerivationRequest } from "../../domain/key-crypto.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"

export type Hash = "sha256" | "sha384" | "sha512"

const hashLengths: Readonly<Record<Hash, number>> = { sha256: 32, sha384: 48, sha512: 64 }
export const hashes: readonly Hash[] = ["sha256", "sha384", "sha512"]

/** HKDF (RFC 5869). @throws INVALID_INPUT for more than it gives */
export function hkdfSecret(hash: Hash, ikm: Uint8Array, { salt, info, size }: DerivationRequest): Secret {
  // RFC 5869, 2.3.
  if (size > 255 * hashLengths[hash]) throw new VaultError("INVALID_INPUT", `bits: too many for HKDF with ${hash}`)
  return new Secret(new Uint8Array(hkdfSync(hash, ikm, salt, info, size)))
}

/** A shared secret as it is, for protocols that hash it themselves. @throws INVALID_INPUT when it is asked to be another */
export function bareSecret(shared: Secret, { salt, info, size }: DerivationRequest): Secret {
  if (salt.length + info.length > 0) throw new VaultError("INVALID_INPUT", "salt, info: are for HKDF")
  const { length } = shared.bytes
  if (size !== length) throw new VaultError("INVALID_INPUT", `bits: the shared secret has ${length * 8}`)
  return Secret.copyOf(shared.bytes)
}
