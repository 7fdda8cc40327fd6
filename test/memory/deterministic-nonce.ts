import { createHash, createHmac } from "node:crypto"

/** The order of secp256k1 (SEC 2, 2.4.1). */
const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

/**
 * The number that ECDSA over secp256k1 with SHA-256 signs a message with (RFC 6979, 3.2): whoever has it and the signature
 * has the private key.
 * @param scalar - 32 bytes
 */
export function deterministicNonce(scalar: Uint8Array, message: string): Uint8Array {
  const digest = BigInt(`0x${createHash("sha256").update(message).digest("hex")}`) % order
  const seed = Buffer.concat([scalar, Buffer.from(digest.toString(16).padStart(64, "0"), "hex")])
  const first = hmac(Buffer.alloc(32), Buffer.alloc(32, 1), Buffer.of(0), seed)
  const value = hmac(first, Buffer.alloc(32, 1))
  const key = hmac(first, value, Buffer.of(1), seed)
  // The first candidate is too large once in 2^128.
  return hmac(key, hmac(key, value))
}

function hmac(key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer {
  return createHmac("sha256", key).update(Buffer.concat(parts)).digest()
}
