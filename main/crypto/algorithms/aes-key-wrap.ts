import { aeskwp } from "@noble/ciphers/aes.js"
import { Secret } from "../../domain/secret.ts"
import type { WrappingScheme } from "./algorithm-family.ts"

/**
 * AES key wrap with padding (RFC 5649, NIST SP 800-38F "KWP"): takes secrets of any length from 1 byte on. By noble also
 * where OpenSSL has it, since BoringSSL has not.
 */
export const aesKeyWrap: WrappingScheme = {
  async wrap(key, secret) {
    return new Uint8Array(aeskwp(key).encrypt(secret))
  },
  async unwrap(key, wrapped) {
    try {
      return new Secret(new Uint8Array(aeskwp(key).decrypt(wrapped)))
    } catch {
      return null
    }
  },
}
