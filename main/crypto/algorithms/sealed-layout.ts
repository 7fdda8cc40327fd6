/** Bytes of the nonce in front of a ciphertext, for AES-GCM (NIST SP 800-38D, 5.2.1.1) and ChaCha20-Poly1305 (RFC 8439, 2.8) alike. */
export const nonceSize = 12

/** Bytes of the tag behind it. */
export const tagSize = 16

export interface SealedParts {
  readonly nonce: Uint8Array
  readonly ciphertext: Uint8Array
  readonly tag: Uint8Array
}

/** Views of nonce, ciphertext and tag; `null` when there is no room for a nonce and a tag. */
export function splitSealed(sealed: Uint8Array): SealedParts | null {
  if (sealed.length < nonceSize + tagSize) return null
  return {
    nonce: sealed.subarray(0, nonceSize),
    ciphertext: sealed.subarray(nonceSize, -tagSize),
    tag: sealed.subarray(-tagSize),
  }
}
