import { diffieHellman } from "node:crypto"
import type { Mechanism } from "../../../preload/contract/values.ts"
import type { DerivationRequest } from "../../domain/key-crypto.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { decodePublicKeyInfo } from "../formats/public-key-info.ts"
import { publicKeyOf } from "../formats/public-key-of.ts"
import type { DerivationScheme } from "./algorithm-family.ts"
import { bareSecret, hashes, hkdfSecret } from "./derived-secret.ts"
import { privateKey, publicKey } from "./node-keys.ts"

type Derivations = ReadonlyMap<Mechanism, DerivationScheme>

/** HKDF (RFC 5869) of a secret key. */
export const hkdfDerivations: Derivations = new Map(
  hashes.map((hash): [Mechanism, DerivationScheme] => [
    `hkdf-${hash}`,
    {
      async derive(material, request) {
        if (request.peer !== null) throw new VaultError("INVALID_INPUT", "peer: this key derives by itself")
        requireNoCiphertext(request)
        return hkdfSecret(hash, material, request)
      },
    },
  ]),
)

/**
 * Diffie-Hellman on the key's own curve (NIST SP 800-56A rev. 3, 5.7.1.2; RFC 7748, 6.1), then HKDF; or, as `ecdh`, the
 * shared secret as it is, for protocols that hash it themselves.
 */
export const agreementDerivations: Derivations = new Map([
  ...hashes.map((hash): [Mechanism, DerivationScheme] => [
    `ecdh-hkdf-${hash}`,
    {
      async derive(material, request) {
        using shared = sharedSecret(material, request)
        return hkdfSecret(hash, shared.bytes, request)
      },
    },
  ]),
  [
    "ecdh",
    {
      async derive(material, request) {
        using shared = sharedSecret(material, request)
        return bareSecret(shared, request)
      },
    },
  ],
])

/**
 * The last step of a Diffie-Hellman whose shared secret a token computed. @throws `INVALID_INPUT` as the whole does
 * @param shared - stays the caller's to wipe
 */
export function agreedSecret(mechanism: Mechanism, shared: Secret, request: DerivationRequest): Secret {
  requireNoCiphertext(request)
  const hash = hashes.find((each) => mechanism === `ecdh-hkdf-${each}`)
  return hash === undefined ? bareSecret(shared, request) : hkdfSecret(hash, shared.bytes, request)
}

function requireNoCiphertext({ ciphertext }: DerivationRequest): void {
  if (ciphertext !== null) throw new VaultError("INVALID_INPUT", "ciphertext: is for a key that encapsulates")
}

function sharedSecret(material: Uint8Array, request: DerivationRequest): Secret {
  requireNoCiphertext(request)
  const { peer } = request
  if (peer === null) throw new VaultError("INVALID_INPUT", "peer: the other side's public key is needed")
  const { algorithm } = decodePublicKeyInfo(peer)
  if (algorithm !== decodePublicKeyInfo(publicKeyOf(material)).algorithm) {
    throw new VaultError("INVALID_INPUT", `peer: is a key of ${algorithm}, not of this key's curve`)
  }
  try {
    return new Secret(diffieHellman({ privateKey: privateKey(material), publicKey: publicKey(peer) }))
  } catch (cause) {
    // A point of small order, which would make the secret one that anybody knows (RFC 7748, 6.1).
    throw new VaultError("INVALID_INPUT", "peer: this public key gives no secret", { cause })
  }
}
