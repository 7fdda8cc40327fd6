import { Secret } from "../../domain/secret.ts"
import { encodePrivateKeyInfo } from "../formats/private-key-info.ts"
import { type LatticeAlgorithm, latticeSets } from "../post-quantum/parameter-sets.ts"
import { randomSecret } from "../random.ts"

/** A fresh key of ML-KEM (FIPS 203, 7.1) or ML-DSA (FIPS 204, 5.1): the random seed that either makes its key of, and nothing else to keep. */
export function seededMaterial(algorithm: LatticeAlgorithm): Secret {
  using seed = randomSecret(latticeSets[algorithm].seedSize)
  return new Secret(encodePrivateKeyInfo({ kind: "lattice", algorithm, seed: seed.bytes, expanded: null }))
}
