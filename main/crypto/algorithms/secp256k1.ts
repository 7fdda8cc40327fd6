import { createHash } from "node:crypto"
import { Secret } from "../../domain/secret.ts"
import { publicPointOf } from "../formats/elliptic-curves.ts"
import { decodePrivateKeyInfo, encodePrivateKeyInfo } from "../formats/private-key-info.ts"
import { decodePublicKeyInfo } from "../formats/public-key-info.ts"
import { publicKeyOf } from "../formats/public-key-of.ts"
import { randomSecret } from "../random.ts"
import { secp256k1 as curve } from "../secp256k1-curve.ts"
import type { AlgorithmFamily, SignatureScheme } from "./algorithm-family.ts"
import { slicesOf } from "./slices.ts"

/** ECDSA over secp256k1 (SEC 2, 2.4.1), by @noble/curves: BoringSSL has not this curve. A signature takes about 2 ms. */
export const secp256k1: AlgorithmFamily = {
  generate: generateMaterial,
  publicKey: publicKeyOf,
  signatures: new Map([
    ["ecdsa-sha256", ecdsa("der")],
    ["ecdsa-sha256-p1363", ecdsa("compact")],
  ]),
}

/** 48 random bytes reduced to the order leave no bias that could be seen (FIPS 186-5, A.2.1: 64 bits more than the order). */
function generateMaterial(): Secret {
  using seed = randomSecret(48)
  using scalar = new Secret(curve.utils.randomSecretKey(seed.bytes))
  const publicPoint = publicPointOf("secp256k1", scalar.bytes)
  return new Secret(encodePrivateKeyInfo({ kind: "ec", curve: "secp256k1", d: scalar.bytes, publicPoint }))
}

/**
 * Signs with the nonce of RFC 6979 and the lower of the two values of s, as the chains that use this curve demand; verifies
 * either value, as OpenSSL does.
 * @param format - `compact` is the fixed form of IEEE P1363: r and s, 32 bytes each
 */
function ecdsa(format: "der" | "compact"): SignatureScheme {
  return {
    async sign(material, message) {
      const scalar = privateScalar(material)
      return curve.sign(await sha256(message), scalar, { prehash: false, lowS: true, format })
    },
    async verify(spki, message, signature) {
      const point = publicPoint(spki)
      if (format === "compact" && signature.length !== 64) return false
      return curve.verify(signature, await sha256(message), point, { prehash: false, lowS: false, format })
    },
  }
}

/** A view of the material, for the caller of `sign` to wipe with it. */
function privateScalar(material: Uint8Array): Uint8Array {
  const { parts } = decodePrivateKeyInfo(material)
  if (parts.kind !== "ec" || parts.curve !== "secp256k1") throw new TypeError("the material is of another algorithm")
  return parts.d
}

function publicPoint(spki: Uint8Array): Uint8Array {
  const { parts } = decodePublicKeyInfo(spki)
  if (parts.kind !== "ec" || parts.curve !== "secp256k1") throw new TypeError("the public key is of another algorithm")
  return parts.publicPoint
}

async function sha256(message: Uint8Array): Promise<Uint8Array> {
  const hash = createHash("sha256")
  for await (const slice of slicesOf(message)) hash.update(slice)
  return hash.digest()
}
