import { chacha20poly1305 } from "@noble/ciphers/chacha.js"
import { Secret } from "../../domain/secret.ts"
import { randomBytes, randomSecret } from "../random.ts"
import type { AlgorithmFamily, EncryptionScheme } from "./algorithm-family.ts"
import { nonceSize, tagSize } from "./sealed-layout.ts"

const keySize = 32

/**
 * ChaCha20-Poly1305 (RFC 8439, 2.8), laid out like AES-GCM: nonce, ciphertext, tag. By @noble/ciphers, because BoringSSL's
 * createCipheriv has it not; that works in one piece, about 12 ms for 1 MiB.
 */
const scheme: EncryptionScheme = {
  async encrypt(key, plaintext, aad) {
    const sealed = new Uint8Array(nonceSize + plaintext.length + tagSize)
    const nonce = randomBytes(nonceSize)
    sealed.set(nonce)
    chacha20poly1305(key, nonce, aad).encrypt(plaintext, sealed.subarray(nonceSize))
    return sealed
  },
  async decrypt(key, sealed, aad) {
    // Noble looks at the key only when it opens, where it would pass for a wrong tag.
    if (key.length !== keySize) throw new RangeError("the material is of another algorithm")
    if (sealed.length < nonceSize + tagSize) return null
    const cipher = chacha20poly1305(key, sealed.subarray(0, nonceSize), aad)
    const { bytes: plaintext } = Secret.ofSize(sealed.length - nonceSize - tagSize)
    try {
      cipher.decrypt(sealed.subarray(nonceSize), plaintext)
    } catch {
      plaintext.fill(0)
      return null
    }
    return new Secret(plaintext)
  },
}

export const chacha20Poly1305: AlgorithmFamily = {
  generate: () => randomSecret(keySize),
  encryptions: new Map([["chacha20-poly1305", scheme]]),
}
