import { cmac } from "@noble/ciphers/aes.js"

/**
 * AES-CMAC (RFC 4493, NIST SP 800-38B). From noble, because node:crypto has no CMAC.
 * @param key - 16, 24 or 32 bytes; left to its owner
 * @returns 16 bytes
 * @throws Error when the key has another size
 */
export function aesCmac(key: Uint8Array, message: Uint8Array): Uint8Array<ArrayBuffer> {
  return cmac(message, key)
}
