import { runtimeTakes } from "../formats/lattice-private-key.ts"
import { publicKeyOf } from "../formats/public-key-of.ts"
import type { MlDsaAlgorithm } from "../post-quantum/parameter-sets.ts"
import { runtimeHas } from "../post-quantum/runtime-support.ts"
import type { AlgorithmFamily, SignatureScheme } from "./algorithm-family.ts"
import { nobleSignature } from "./noble-signature.ts"
import { nodeSignature } from "./node-signature.ts"
import { latticeParts } from "./post-quantum-parts.ts"
import { seededMaterial } from "./seeded-material.ts"

/** ML-DSA (FIPS 204), the plain variant with an empty context string, hedged: no two signatures are the same. */
export function mlDsa(algorithm: MlDsaAlgorithm): AlgorithmFamily {
  const [byNode, byNoble] = [nodeSignature(null), nobleSignature(algorithm)]
  const scheme: SignatureScheme = {
    sign: (material, message) => (runtimeTakes(latticeParts(material)) ? byNode : byNoble).sign(material, message),
    verify: (spki, message, signature) => (runtimeHas(algorithm) ? byNode : byNoble).verify(spki, message, signature),
  }
  return {
    generate: () => seededMaterial(algorithm),
    publicKey: publicKeyOf,
    signatures: new Map([["ml-dsa", scheme]]),
  }
}
