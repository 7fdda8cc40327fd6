import type { Algorithm } from "../../../preload/contract/values.ts"
import { objectIdentifier } from "../asn1/object-identifiers.ts"

export type MlKemAlgorithm = Extract<Algorithm, `ml-kem-${string}`>
export type MlDsaAlgorithm = Extract<Algorithm, `ml-dsa-${string}`>

/** The algorithms on module lattices, whose private keys are made of a short seed. */
export type LatticeAlgorithm = MlKemAlgorithm | MlDsaAlgorithm

/** The algorithms on hashes alone. */
export type SlhDsaAlgorithm = Extract<Algorithm, `slh-dsa-${string}`>

export type PostQuantumAlgorithm = LatticeAlgorithm | SlhDsaAlgorithm

/** Sizes in bytes. */
interface LatticeSet {
  readonly objectIdentifier: string
  readonly seedSize: number
  /** of the private key that FIPS 203 and 204 make of the seed */
  readonly expandedSize: number
  readonly publicKeySize: number
  readonly jwkName: string | null
}

interface SlhDsaSet {
  readonly objectIdentifier: string
  readonly privateKeySize: number
  readonly publicKeySize: number
}

/** FIPS 203, table 3, and FIPS 204, table 2; `jwkName` where RFC 9964 has the algorithm. */
export const latticeSets: Readonly<Record<LatticeAlgorithm, LatticeSet>> = {
  "ml-kem-512": mlKem(objectIdentifier.mlKem512, 1632, 800),
  "ml-kem-768": mlKem(objectIdentifier.mlKem768, 2400, 1184),
  "ml-kem-1024": mlKem(objectIdentifier.mlKem1024, 3168, 1568),
  "ml-dsa-44": mlDsa(objectIdentifier.mlDsa44, 2560, 1312, "ML-DSA-44"),
  "ml-dsa-65": mlDsa(objectIdentifier.mlDsa65, 4032, 1952, "ML-DSA-65"),
  "ml-dsa-87": mlDsa(objectIdentifier.mlDsa87, 4896, 2592, "ML-DSA-87"),
}

export const latticeAlgorithms = [
  "ml-kem-512",
  "ml-kem-768",
  "ml-kem-1024",
  "ml-dsa-44",
  "ml-dsa-65",
  "ml-dsa-87",
] as const satisfies readonly LatticeAlgorithm[]

/** FIPS 205, table 2. */
export const slhDsaSets: Readonly<Record<SlhDsaAlgorithm, SlhDsaSet>> = {
  "slh-dsa-sha2-128s": { objectIdentifier: objectIdentifier.slhDsaSha2128s, privateKeySize: 64, publicKeySize: 32 },
  "slh-dsa-sha2-256s": { objectIdentifier: objectIdentifier.slhDsaSha2256s, privateKeySize: 128, publicKeySize: 64 },
}

export const slhDsaAlgorithms = ["slh-dsa-sha2-128s", "slh-dsa-sha2-256s"] as const satisfies readonly SlhDsaAlgorithm[]

/** Bytes of a ciphertext (FIPS 203, table 3). */
export const ciphertextSizes: Readonly<Record<MlKemAlgorithm, number>> = {
  "ml-kem-512": 768,
  "ml-kem-768": 1088,
  "ml-kem-1024": 1568,
}

/** Bytes of a signature (FIPS 204, table 2; FIPS 205, table 2). */
export const signatureSizes: Readonly<Record<MlDsaAlgorithm | SlhDsaAlgorithm, number>> = {
  "ml-dsa-44": 2420,
  "ml-dsa-65": 3309,
  "ml-dsa-87": 4627,
  "slh-dsa-sha2-128s": 7856,
  "slh-dsa-sha2-256s": 29_792,
}

export function isMlKem(algorithm: Algorithm): algorithm is MlKemAlgorithm {
  return algorithm in ciphertextSizes
}

export function isLattice(algorithm: Algorithm): algorithm is LatticeAlgorithm {
  return algorithm in latticeSets
}

export function isSlhDsa(algorithm: Algorithm): algorithm is SlhDsaAlgorithm {
  return algorithm in slhDsaSets
}

function mlKem(identifier: string, expandedSize: number, publicKeySize: number): LatticeSet {
  return { objectIdentifier: identifier, seedSize: 64, expandedSize, publicKeySize, jwkName: null }
}

function mlDsa(identifier: string, expandedSize: number, publicKeySize: number, jwkName: string): LatticeSet {
  return { objectIdentifier: identifier, seedSize: 32, expandedSize, publicKeySize, jwkName }
}
