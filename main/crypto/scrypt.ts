import { scrypt } from "node:crypto"
import { Secret } from "../domain/secret.ts"

/** The caller bounds them: the work takes 128 · N · r bytes of memory. */
export interface ScryptCosts {
  /** N, a power of two */
  readonly cost: number
  /** r */
  readonly blockSize: number
  /** p */
  readonly parallelization: number
}

/** The key of `length` bytes that a passphrase gives (RFC 7914), computed in the thread pool. */
export function scryptKey(
  passphrase: Uint8Array,
  salt: Uint8Array,
  length: number,
  { cost, blockSize, parallelization }: ScryptCosts,
): Promise<Secret> {
  // As OpenSSL counts it: the large table, two blocks, and one more for each of p.
  const maxmem = 128 * blockSize * (cost + 2 + parallelization)
  return new Promise((resolve, reject) => {
    scrypt(passphrase, salt, length, { cost, blockSize, parallelization, maxmem }, (error, key) => {
      if (error instanceof Error) reject(error)
      else resolve(new Secret(new Uint8Array(key.buffer, key.byteOffset, key.length)))
    })
  })
}
