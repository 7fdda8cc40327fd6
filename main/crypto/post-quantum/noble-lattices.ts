import { ml_dsa44, ml_dsa65, ml_dsa87 } from "@noble/post-quantum/ml-dsa.js"
import { ml_kem512, ml_kem768, ml_kem1024 } from "@noble/post-quantum/ml-kem.js"
import { Secret } from "../../domain/secret.ts"
import type { LatticeAlgorithm, MlKemAlgorithm } from "./parameter-sets.ts"

/** ML-KEM by @noble/post-quantum, about a millisecond each time: for runtimes without it, and to check what comes from files. */
export const nobleKems = {
  "ml-kem-512": ml_kem512,
  "ml-kem-768": ml_kem768,
  "ml-kem-1024": ml_kem1024,
} as const satisfies Record<MlKemAlgorithm, unknown>

/** ML-DSA by @noble/post-quantum. To sign takes tens of milliseconds: see `noble-thread.ts`. */
export const nobleMlDsa = { "ml-dsa-44": ml_dsa44, "ml-dsa-65": ml_dsa65, "ml-dsa-87": ml_dsa87 } as const

const lattices = { ...nobleKems, ...nobleMlDsa } as const satisfies Record<LatticeAlgorithm, unknown>

/** The private key that FIPS 203, 7.1, or FIPS 204, 5.1, makes of a seed. */
export function expandedKeyOf(algorithm: LatticeAlgorithm, seed: Uint8Array): Secret {
  const { secretKey } = lattices[algorithm].keygen(seed)
  try {
    return Secret.copyOf(secretKey)
  } finally {
    secretKey.fill(0)
  }
}

/** The public key that goes with it. */
export function publicKeyOfSeed(algorithm: LatticeAlgorithm, seed: Uint8Array): Uint8Array<ArrayBuffer> {
  const { secretKey, publicKey } = lattices[algorithm].keygen(seed)
  secretKey.fill(0)
  return publicKey
}

/** The public key of an expanded private key: part of it in ML-KEM, computed in ML-DSA. Throws when it can't be one. */
export function publicKeyOfExpanded(algorithm: LatticeAlgorithm, expanded: Uint8Array): Uint8Array<ArrayBuffer> {
  return lattices[algorithm].getPublicKey(expanded)
}
