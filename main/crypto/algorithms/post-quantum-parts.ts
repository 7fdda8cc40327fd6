import type { LatticePrivateParts } from "../formats/key-parts.ts"
import { decodePrivateKeyInfo } from "../formats/private-key-info.ts"
import { decodePublicKeyInfo } from "../formats/public-key-info.ts"
import type { PostQuantumAlgorithm } from "../post-quantum/parameter-sets.ts"

/** The parts of material of ML-KEM or ML-DSA; views of it, for the caller to wipe with it. */
export function latticeParts(material: Uint8Array): LatticePrivateParts {
  const { parts } = decodePrivateKeyInfo(material)
  if (parts.kind !== "lattice") throw new TypeError("the material is of another algorithm")
  return parts
}

/** The bare public key in a SubjectPublicKeyInfo. */
export function barePublicKey(spki: Uint8Array, algorithm: PostQuantumAlgorithm): Uint8Array {
  const { parts } = decodePublicKeyInfo(spki)
  const isOurs = (parts.kind === "lattice" || parts.kind === "slh-dsa") && parts.algorithm === algorithm
  if (!isOurs) throw new TypeError("the public key is of another algorithm")
  return parts.publicKey
}
