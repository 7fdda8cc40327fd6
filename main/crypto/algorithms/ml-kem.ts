import { runtimeTakes } from "../formats/lattice-private-key.ts"
import { publicKeyOf } from "../formats/public-key-of.ts"
import type { MlKemAlgorithm } from "../post-quantum/parameter-sets.ts"
import { runtimeHas } from "../post-quantum/runtime-support.ts"
import type { AlgorithmFamily, KemScheme } from "./algorithm-family.ts"
import { kemDerivations } from "./kem-derivation.ts"
import { nobleKem } from "./noble-kem.ts"
import { nodeKem } from "./node-kem.ts"
import { latticeParts } from "./post-quantum-parts.ts"
import { seededMaterial } from "./seeded-material.ts"

/** ML-KEM (FIPS 203): the runtime's where it has it, twenty times faster and off the calling thread. */
export function mlKem(algorithm: MlKemAlgorithm): AlgorithmFamily {
  const [byNode, byNoble] = [nodeKem(algorithm), nobleKem(algorithm)]
  const kem: KemScheme = {
    encapsulate: (spki) => (runtimeHas(algorithm) ? byNode : byNoble).encapsulate(spki),
    decapsulate: (material, ciphertext) =>
      (runtimeTakes(latticeParts(material)) ? byNode : byNoble).decapsulate(material, ciphertext),
  }
  return {
    generate: () => seededMaterial(algorithm),
    publicKey: publicKeyOf,
    derivations: kemDerivations(kem),
    kem,
  }
}
