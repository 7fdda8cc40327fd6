import { encodePrivateKeyInfo } from "../../main/crypto/formats/private-key-info.ts"
import { encodePublicKeyInfo } from "../../main/crypto/formats/public-key-info.ts"
import type { LatticeAlgorithm } from "../../main/crypto/post-quantum/parameter-sets.ts"

/** The material of a key that is given by its seed. */
export function materialOfSeed(algorithm: LatticeAlgorithm, seed: Uint8Array): Uint8Array {
  return encodePrivateKeyInfo({ kind: "lattice", algorithm, seed, expanded: null })
}

/** The material of a key whose seed is not known. */
export function materialOfExpanded(algorithm: LatticeAlgorithm, expanded: Uint8Array): Uint8Array {
  return encodePrivateKeyInfo({ kind: "lattice", algorithm, seed: null, expanded })
}

export function spkiOf(algorithm: LatticeAlgorithm, publicKey: Uint8Array): Uint8Array {
  return encodePublicKeyInfo({ kind: "lattice", algorithm, publicKey })
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex")
}
