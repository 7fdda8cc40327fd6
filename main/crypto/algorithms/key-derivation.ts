import { diffieHellman, hkdfSync } from "node:crypto"
import type { Mechanism } from "../../../preload/contract/values.ts"
import type { DerivationRequest } from "../../domain/key-crypto.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { decodePublicKeyInfo } from "../formats/public-key-info.ts"
import { publicKeyOf } from "../formats/public-key-of.ts"
import type { DerivationScheme } from "./algorithm-family.ts"
import { privateKey, publicKey } from "./node-keys.ts"

type Hash = "sha256" | "sha384" | "sha512"
type Derivations = ReadonlyMap<Mechanism, DerivationScheme>

const hashLengths: Readonly<Record<Hash, number>> = { sha256: 32, sha384: 48, sha512: 64 }
const hashes: readonly Hash[] = ["sha256", "sha384", "sha512"]

/** HKDF (RFC 5869) of a secret key. */
export const hkdfDerivations: Derivations = new Map(
  hashes.map((hash): [Mechanism, DerivationScheme] => [
    `hkdf-${hash}`,
    {
      async derive(material, request) {
        if (request.peer !== null) throw new VaultError("INVALID_INPUT", "peer: this key derives by itself")
        return hkdf(hash, material, request)
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
        using shared = sharedSecret(material, request.peer)
        return hkdf(hash, shared.bytes, request)
      },
    },
  ]),
  [
    "ecdh",
    {
      async derive(material, { peer, salt, info, size }) {
        if (salt.length + info.length > 0) throw new VaultError("INVALID_INPUT", "salt, info: are for HKDF")
        const shared = sharedSecret(material, peer)
        if (size === shared.bytes.length) return shared
        const { length } = shared.bytes
        shared[Symbol.dispose]()
        throw new VaultError("INVALID_INPUT", `bits: the shared secret of this curve has ${length * 8}`)
      },
    },
  ],
])

function hkdf(hash: Hash, ikm: Uint8Array, { salt, info, size }: DerivationRequest): Secret {
  // RFC 5869, 2.3.
  if (size > 255 * hashLengths[hash]) throw new VaultError("INVALID_INPUT", `bits: too many for HKDF with ${hash}`)
  return new Secret(new Uint8Array(hkdfSync(hash, ikm, salt, info, size)))
}

function sharedSecret(material: Uint8Array, peer: Uint8Array | null): Secret {
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
