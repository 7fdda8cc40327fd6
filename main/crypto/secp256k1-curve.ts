import { ecdsa } from "@noble/curves/abstract/weierstrass.js"
import { secp256k1 as usual } from "@noble/curves/secp256k1.js"
import { hmac } from "@noble/hashes/hmac.js"
import { sha256 } from "@noble/hashes/sha2.js"

/**
 * The curve secp256k1 (SEC 2, 2.4.1), by @noble/curves: BoringSSL has it not. Noble makes the nonce of a signature of what
 * it gives to HMAC: the private key lies in that, and Noble would drop it as it is.
 */
export const secp256k1 = ecdsa(usual.Point, sha256, {
  hmac(key: Uint8Array, message: Uint8Array): Uint8Array {
    try {
      return hmac(sha256, key, message)
    } finally {
      message.fill(0)
    }
  },
})

// Noble's own table for multiples of the base point takes 60 ms and more to build, at the first use, and saves next to nothing.
secp256k1.Point.BASE.precompute(4)
