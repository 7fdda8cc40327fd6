import { isUtf8 } from "node:buffer"
import type { Algorithm } from "../../../preload/contract/values.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { ImportedKey } from "./imported-key.ts"

/** A `secret` is text of up to 64 KiB. */
const maximumTextLength = 65_536

/** HMAC takes any key; one shorter than the hash weakens it (RFC 2104, 3), and one of more than 512 bytes is some other file. */
const maximumHmacKeyLength = 512

/** Bytes of a key: exactly one number, or from a least to a greatest. */
const keyLengths: Readonly<Partial<Record<Algorithm, readonly [least: number, greatest: number]>>> = {
  "aes-128": [16, 16],
  "aes-192": [24, 24],
  "aes-256": [32, 32],
  "chacha20-poly1305": [32, 32],
  "hmac-sha256": [32, maximumHmacKeyLength],
  "hmac-sha384": [48, maximumHmacKeyLength],
  "hmac-sha512": [64, maximumHmacKeyLength],
  secret: [1, maximumTextLength],
}

/** Whether a key of this algorithm is mere bytes: symmetric keys, and the text of a `secret`. */
export function isSymmetric(algorithm: Algorithm): boolean {
  return keyLengths[algorithm] !== undefined
}

/**
 * Takes a copy of the bytes of a symmetric key or `secret`.
 *
 * @throws INVALID_INPUT when their number is not the algorithm's, a `secret` is not UTF-8, or the algorithm is not symmetric
 */
export function importSymmetricKey(algorithm: Algorithm, bytes: Uint8Array, comment: string | null): ImportedKey {
  const lengths = keyLengths[algorithm]
  if (lengths === undefined) throw new VaultError("INVALID_INPUT", `${algorithm} is not a symmetric algorithm`)
  const [least, greatest] = lengths
  if (bytes.length < least || bytes.length > greatest) {
    const expected = least === greatest ? `${least}` : `${least} to ${greatest}`
    throw new VaultError("INVALID_INPUT", `a key of ${algorithm} is ${expected} bytes`)
  }
  if (algorithm === "secret" && !isUtf8(bytes)) throw new VaultError("INVALID_INPUT", "a secret is text in UTF-8")
  return { algorithm, material: Secret.copyOf(bytes), publicKey: null, comment, purpose: null, attachments: [] }
}
