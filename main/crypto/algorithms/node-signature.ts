import { type SigningOptions, sign, verify } from "node:crypto"
import type { Bytes, SignatureScheme } from "./algorithm-family.ts"
import { privateKey, publicKey } from "./node-keys.ts"

/**
 * A signature scheme that OpenSSL and BoringSSL both have, computed in the thread pool.
 * @param digest - the hash, or `null` where the scheme brings its own (Ed25519)
 */
export function nodeSignature(digest: string | null, options: SigningOptions = {}): SignatureScheme {
  return {
    sign: (material, message) =>
      new Promise<Bytes>((resolve, reject) => {
        sign(digest, message, { ...privateKey(material), ...options }, (error, signature) => {
          if (error === null || error === undefined) resolve(signature)
          else reject(error)
        })
      }),
    verify: (spki, message, signature) =>
      new Promise<boolean>((resolve, reject) => {
        verify(digest, message, { ...publicKey(spki), ...options }, signature, (error, isValid) => {
          if (error === null || error === undefined) resolve(isValid)
          else reject(error)
        })
      }),
  }
}
