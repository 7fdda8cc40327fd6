import { createCipheriv, createDecipheriv, createSecretKey, getCiphers } from "node:crypto"
import { chacha20poly1305 } from "@noble/ciphers/chacha.js"
import { Secret } from "../domain/secret.ts"

const name = "chacha20-poly1305"
const keySize = 32
const tagSize = 16
const nothing = new Uint8Array(0)

/** Bytes that are all ours: a view of no shared or pooled memory. */
type Bytes = Uint8Array<ArrayBuffer>

/** ChaCha20-Poly1305 (RFC 8439, 2.8) under one key. What is sealed ends with the tag, of 16 bytes. */
export interface ChaCha {
  /** @returns ciphertext and tag: apart, since putting them together would be one more copy */
  seal(nonce: Uint8Array, plaintext: Uint8Array, aad?: Uint8Array): readonly [Bytes, Bytes]
  /** `null` when it does not open, whatever the reason. */
  open(nonce: Uint8Array, sealed: Uint8Array, aad?: Uint8Array): Secret | null
}

/** Who computes it. Both give the same. The runtime is ten times faster; BoringSSL, in Electron, has it not in createCipheriv. */
export type ChaChaProvider = "runtime" | "noble"
export const chachaProvider: ChaChaProvider = getCiphers().includes(name) ? "runtime" : "noble"

/** @param key - 32 bytes, of which no copy is sure to be made: they stay until the last use */
export function chachaUnder(key: Uint8Array, provider = chachaProvider): ChaCha {
  // Noble looks at the key only when it opens, where it would pass for a wrong tag.
  if (key.length !== keySize) throw new RangeError("the key is of another algorithm")
  return provider === "runtime" ? runtimeChacha(key) : nobleChacha(key)
}

function runtimeChacha(keyBytes: Uint8Array): ChaCha {
  const key = createSecretKey(keyBytes)
  const parameters = { authTagLength: tagSize }
  return {
    seal(nonce, plaintext, aad = nothing) {
      const cipher = createCipheriv(name, key, nonce, parameters)
      cipher.setAAD(aad, { plaintextLength: plaintext.length })
      const ciphertext = cipher.update(plaintext)
      cipher.final()
      return [ciphertext, cipher.getAuthTag()]
    },
    open(nonce, sealed, aad = nothing) {
      if (sealed.length < tagSize) return null
      const decipher = createDecipheriv(name, key, nonce, parameters)
      decipher.setAAD(aad, { plaintextLength: sealed.length - tagSize })
      decipher.setAuthTag(sealed.subarray(-tagSize))
      const { buffer, byteOffset, byteLength } = decipher.update(sealed.subarray(0, -tagSize))
      const plaintext = new Secret(new Uint8Array(buffer, byteOffset, byteLength))
      try {
        decipher.final()
        return plaintext
      } catch {
        plaintext[Symbol.dispose]()
        return null
      }
    },
  }
}

function nobleChacha(key: Uint8Array): ChaCha {
  return {
    seal(nonce, plaintext, aad = nothing) {
      const { bytes: sealed } = Secret.ofSize(plaintext.length + tagSize)
      chacha20poly1305(key, nonce, aad).encrypt(plaintext, sealed)
      return [sealed.subarray(0, -tagSize), sealed.subarray(-tagSize)]
    },
    open(nonce, sealed, aad = nothing) {
      if (sealed.length < tagSize) return null
      const plaintext = Secret.ofSize(sealed.length - tagSize)
      try {
        chacha20poly1305(key, nonce, aad).decrypt(sealed, plaintext.bytes)
        return plaintext
      } catch {
        plaintext[Symbol.dispose]()
        return null
      }
    },
  }
}
