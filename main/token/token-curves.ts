import type { Algorithm } from "../../preload/contract/values.ts"
import { objectIdentifier } from "../crypto/asn1/object-identifiers.ts"

interface Curve {
  readonly algorithm: Algorithm
  readonly identifier: string
  /** Of a coordinate, and of each half of a signature, in bytes. */
  readonly size: number
}

/** Named curves that tokens know (RFC 5480, section 2.1.1.1; SEC 2). */
export const curves: readonly Curve[] = [
  { algorithm: "ec-p256", identifier: objectIdentifier.secp256r1, size: 32 },
  { algorithm: "ec-p384", identifier: objectIdentifier.secp384r1, size: 48 },
  { algorithm: "ec-p521", identifier: objectIdentifier.secp521r1, size: 66 },
  { algorithm: "ec-secp256k1", identifier: objectIdentifier.secp256k1, size: 32 },
]
