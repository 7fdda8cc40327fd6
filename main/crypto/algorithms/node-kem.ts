// As a whole, because a name that an older runtime lacks would keep this file from loading.
import crypto from "node:crypto"
import { Secret } from "../../domain/secret.ts"
import type { MlKemAlgorithm } from "../post-quantum/parameter-sets.ts"
import type { Encapsulation, KemScheme } from "./algorithm-family.ts"
import { requireCiphertextSize } from "./ciphertext-size.ts"
import { privateKey, publicKey } from "./node-keys.ts"
import { barePublicKey } from "./post-quantum-parts.ts"

/** ML-KEM by node:crypto, in the thread pool. */
export function nodeKem(algorithm: MlKemAlgorithm): KemScheme {
  return {
    async encapsulate(spki) {
      barePublicKey(spki, algorithm)
      return new Promise<Encapsulation>((resolve, reject) => {
        crypto.encapsulate(publicKey(spki), (error, result) => {
          if (result === undefined) reject(error)
          else resolve({ ciphertext: result.ciphertext, sharedSecret: new Secret(result.sharedKey) })
        })
      })
    },
    async decapsulate(material, ciphertext) {
      requireCiphertextSize(algorithm, ciphertext)
      return new Promise<Secret>((resolve, reject) => {
        crypto.decapsulate(privateKey(material), ciphertext, (error, sharedKey) => {
          if (sharedKey === undefined) reject(error)
          else resolve(new Secret(sharedKey))
        })
      })
    },
  }
}
