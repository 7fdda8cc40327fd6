import type { Algorithm } from "../../../preload/contract/values.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { LatticeAlgorithm, SlhDsaAlgorithm } from "../post-quantum/parameter-sets.ts"
import { curves, type EcCurve } from "./elliptic-curves.ts"

/** The numbers of an RSA private key with two primes (RFC 8017, 3.2), big-endian magnitudes without leading zeros. */
export interface RsaPrivateParts {
  readonly kind: "rsa"
  readonly n: Uint8Array
  readonly e: Uint8Array
  readonly d: Uint8Array
  readonly p: Uint8Array
  readonly q: Uint8Array
  /** d mod (p - 1) */
  readonly dp: Uint8Array
  /** d mod (q - 1) */
  readonly dq: Uint8Array
  /** the inverse of q mod p */
  readonly qi: Uint8Array
}

/** An elliptic curve private key: the scalar at the curve's full length and the uncompressed public point. */
export interface EcPrivateParts {
  readonly kind: "ec"
  readonly curve: EcCurve
  readonly d: Uint8Array
  readonly publicPoint: Uint8Array
}

/** An Ed25519 seed or X25519 scalar as RFC 8032 and RFC 7748 write it, 32 bytes. */
export interface EdwardsPrivateParts {
  readonly kind: "ed25519" | "x25519"
  readonly privateKey: Uint8Array
}

/** An ML-KEM or ML-DSA private key: the seed it is made of, the key that FIPS 203 or 204 makes of it, or both. */
export type LatticePrivateParts = {
  readonly kind: "lattice"
  readonly algorithm: LatticeAlgorithm
} & (
  | { readonly seed: Uint8Array; readonly expanded: Uint8Array | null }
  | { readonly seed: null; readonly expanded: Uint8Array }
)

/** An SLH-DSA private key in the four quarters of FIPS 205, figure 15. */
export interface SlhDsaPrivateParts {
  readonly kind: "slh-dsa"
  readonly algorithm: SlhDsaAlgorithm
  readonly privateKey: Uint8Array
}

/** What an asymmetric private key consists of, whatever file it was in. */
export type PrivateKeyParts =
  | RsaPrivateParts
  | EcPrivateParts
  | EdwardsPrivateParts
  | LatticePrivateParts
  | SlhDsaPrivateParts

/** What an asymmetric public key consists of; an EC point is uncompressed, the others are plain bytes or big-endian magnitudes. */
export type PublicKeyParts =
  | { readonly kind: "rsa"; readonly n: Uint8Array; readonly e: Uint8Array }
  | { readonly kind: "ec"; readonly curve: EcCurve; readonly publicPoint: Uint8Array }
  | { readonly kind: "ed25519" | "x25519"; readonly publicKey: Uint8Array }
  | { readonly kind: "lattice"; readonly algorithm: LatticeAlgorithm; readonly publicKey: Uint8Array }
  | { readonly kind: "slh-dsa"; readonly algorithm: SlhDsaAlgorithm; readonly publicKey: Uint8Array }

/**
 * The name of a key's algorithm.
 *
 * @throws INVALID_INPUT for an RSA modulus that is not exactly 2048, 3072 or 4096 bits
 */
export function algorithmOf(parts: PrivateKeyParts | PublicKeyParts): Algorithm {
  switch (parts.kind) {
    case "rsa":
      return rsaAlgorithm(bitLength(parts.n))
    case "ec":
      return curves[parts.curve].algorithm
    case "ed25519":
    case "x25519":
      return parts.kind
    case "lattice":
    case "slh-dsa":
      return parts.algorithm
  }
}

/** Why a key of ML-KEM or ML-DSA that was imported without its seed has not a form that is made of the seed. */
export function seedIsUnknown(formHolds: string, algorithm: LatticeAlgorithm): VaultError {
  return new VaultError(
    "INVALID_INPUT",
    `${formHolds} the seed of a key of ${algorithm}; that of this one is not known`,
  )
}

/** The bits of a big-endian magnitude without leading zeros; 0 of an empty one. */
export function bitLength(magnitude: Uint8Array): number {
  const [first] = magnitude
  return first === undefined ? 0 : magnitude.length * 8 - (Math.clz32(first) - 24)
}

function rsaAlgorithm(bits: number): Algorithm {
  switch (bits) {
    case 2048:
      return "rsa-2048"
    case 3072:
      return "rsa-3072"
    case 4096:
      return "rsa-4096"
    default:
      throw new VaultError("INVALID_INPUT", `an RSA key of ${bits} bits: only 2048, 3072 and 4096 are supported`)
  }
}
