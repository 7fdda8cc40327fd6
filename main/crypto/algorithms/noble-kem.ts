import { Secret } from "../../domain/secret.ts"
import { expandedKeyOf, nobleKems } from "../post-quantum/noble-lattices.ts"
import type { MlKemAlgorithm } from "../post-quantum/parameter-sets.ts"
import { randomSecret } from "../random.ts"
import type { KemScheme } from "./algorithm-family.ts"
import { requireCiphertextSize } from "./ciphertext-size.ts"
import { barePublicKey, latticeParts } from "./post-quantum-parts.ts"

/** ML-KEM by @noble/post-quantum, in the calling thread: a millisecond or two. */
export function nobleKem(algorithm: MlKemAlgorithm): KemScheme {
  const kem = nobleKems[algorithm]
  return {
    async encapsulate(spki) {
      using message = randomSecret(kem.lengths.msgRand ?? 32)
      const { cipherText, sharedSecret } = kem.encapsulate(barePublicKey(spki, algorithm), message.bytes)
      return { ciphertext: cipherText, sharedSecret: ownCopy(sharedSecret) }
    },
    async decapsulate(material, ciphertext) {
      requireCiphertextSize(algorithm, ciphertext)
      const { seed, expanded } = latticeParts(material)
      using key = seed === null ? Secret.copyOf(expanded) : expandedKeyOf(algorithm, seed)
      return ownCopy(kem.decapsulate(ciphertext, key.bytes))
    },
  }
}

/** The library gives a view of more bytes. */
function ownCopy(sharedSecret: Uint8Array): Secret {
  const copy = Secret.copyOf(sharedSecret)
  sharedSecret.fill(0)
  return copy
}
