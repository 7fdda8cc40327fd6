import type { Cipheriv, Decipheriv } from "node:crypto"
import { Secret } from "../../domain/secret.ts"
import { concatenated } from "./concatenated.ts"

/**
 * Runs a cipher over the whole input.
 *
 * @throws whatever the cipher's end throws: wrong padding, wrong tag
 */
export function transformed(cipher: Cipheriv | Decipheriv, input: Uint8Array): Secret {
  using start = new Secret(cipher.update(input))
  using end = new Secret(cipher.final())
  return new Secret(concatenated([start.bytes, end.bytes]))
}
