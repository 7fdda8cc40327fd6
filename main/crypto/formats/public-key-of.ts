import { VaultError } from "../../domain/vault-error.ts"
import { edwardsPublicKeyOf } from "./edwards-private-key.ts"
import { publicPointOf } from "./elliptic-curves.ts"
import type { PrivateKeyParts, PublicKeyParts } from "./key-parts.ts"
import { latticePublicKeyOf } from "./lattice-private-key.ts"
import { decodePrivateKeyInfo } from "./private-key-info.ts"
import { encodePublicKeyInfo } from "./public-key-info.ts"
import { slhDsaPublicKeyOf } from "./slh-dsa-private-key.ts"

/**
 * The SubjectPublicKeyInfo (DER) of a private key in PKCS#8 DER, computed from its private part and never taken from what lies beside it.
 *
 * @throws INVALID_INPUT when the material is no PrivateKeyInfo, or its embedded public point is of another key
 */
export function publicKeyOf(material: Uint8Array): Uint8Array<ArrayBuffer> {
  return encodePublicKeyInfo(publicPartsOf(decodePrivateKeyInfo(material).parts))
}

/**
 * The public half of a private key, computed from the private half. RSA has none to compute: n and e are part of the private key, and
 * `checkPrivateKey` proves that they fit. So it is with SLH-DSA, whose public half takes a second to compute.
 *
 * @throws INVALID_INPUT when an EC scalar is outside the curve's order or the embedded public point is of another key
 */
export function publicPartsOf(parts: PrivateKeyParts): PublicKeyParts {
  switch (parts.kind) {
    case "rsa":
      return { kind: parts.kind, n: parts.n, e: parts.e }
    case "ec": {
      const publicPoint = publicPointOf(parts.curve, parts.d)
      if (Buffer.compare(publicPoint, parts.publicPoint) !== 0) {
        throw new VaultError("INVALID_INPUT", "the public key is of another private key")
      }
      return { kind: parts.kind, curve: parts.curve, publicPoint }
    }
    case "ed25519":
    case "x25519":
      return { kind: parts.kind, publicKey: edwardsPublicKeyOf(parts) }
    case "lattice":
      return { kind: parts.kind, algorithm: parts.algorithm, publicKey: latticePublicKeyOf(parts) }
    case "slh-dsa":
      return { kind: parts.kind, algorithm: parts.algorithm, publicKey: slhDsaPublicKeyOf(parts) }
  }
}
