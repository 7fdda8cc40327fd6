import { decodePrivateKeyInfo } from "../formats/private-key-info.ts"
import { nobleSign, nobleVerify } from "../post-quantum/noble-thread.ts"
import { type MlDsaAlgorithm, type SlhDsaAlgorithm, signatureSizes } from "../post-quantum/parameter-sets.ts"
import type { Bytes, SignatureScheme } from "./algorithm-family.ts"
import { barePublicKey } from "./post-quantum-parts.ts"

/** ML-DSA and SLH-DSA by @noble/post-quantum in a thread of its own, for runtimes that have them not. */
export function nobleSignature(algorithm: MlDsaAlgorithm | SlhDsaAlgorithm): SignatureScheme {
  return {
    async sign(material, message): Promise<Bytes> {
      const { parts } = decodePrivateKeyInfo(material)
      if ("algorithm" in parts && parts.algorithm === algorithm) {
        if (parts.kind === "slh-dsa") return nobleSign(algorithm, "whole", parts.privateKey, message)
        if (parts.seed === null) return nobleSign(algorithm, "whole", parts.expanded, message)
        return nobleSign(algorithm, "seed", parts.seed, message)
      }
      throw new TypeError("the material is of another algorithm")
    },
    async verify(spki, message, signature) {
      const publicKey = barePublicKey(spki, algorithm)
      // What can't be a signature is not worth a thread.
      if (signature.length !== signatureSizes[algorithm]) return false
      return nobleVerify(algorithm, publicKey, message, signature)
    },
  }
}
