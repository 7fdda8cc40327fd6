import { createCipheriv } from "node:crypto"
import { keccak_256 } from "@noble/hashes/sha3.js"
import { Secret } from "../../../domain/secret.ts"

/** AES-128 in counter mode with the first half of the derived key: its own inverse. */
export function applyCounterMode(derived: Secret, iv: Uint8Array, data: Uint8Array): Secret {
  const cipher = createCipheriv("aes-128-ctr", derived.bytes.subarray(0, 16), iv)
  const output = cipher.update(data)
  cipher.final()
  const result = Secret.copyOf(output)
  output.fill(0)
  return result
}

/** Keccak-256 of the second half of the derived key and the ciphertext: 32 bytes. */
export function keystoreMac(derived: Secret, ciphertext: Uint8Array): Uint8Array {
  using whole = Secret.ofSize(16 + ciphertext.length)
  whole.bytes.set(derived.bytes.subarray(16))
  whole.bytes.set(ciphertext, 16)
  return keccak_256(whole.bytes)
}
