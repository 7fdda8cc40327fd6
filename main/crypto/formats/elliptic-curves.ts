import { createECDH, ECDH } from "node:crypto"
import { secp256k1 } from "@noble/curves/secp256k1.js"
import type { Algorithm } from "../../../preload/contract/values.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { objectIdentifier } from "../asn1/object-identifiers.ts"

/** The short Weierstrass curves a vault knows. */
export type EcCurve = "p256" | "p384" | "p521" | "secp256k1"

interface CurveFacts {
  readonly algorithm: Algorithm
  readonly objectIdentifier: string
  /** bytes of a coordinate and of a scalar: ceil(bits / 8) */
  readonly size: number
  /** the name in JSON Web Keys (RFC 7518, 6.2.1.1; RFC 8812, 3.1) */
  readonly jwkName: string
  /** node:crypto's name, or null where BoringSSL lacks the curve and @noble/curves computes */
  readonly nodeName: string | null
}

export const curves: Record<EcCurve, CurveFacts> = {
  p256: {
    algorithm: "ec-p256",
    objectIdentifier: objectIdentifier.secp256r1,
    size: 32,
    jwkName: "P-256",
    nodeName: "prime256v1",
  },
  p384: {
    algorithm: "ec-p384",
    objectIdentifier: objectIdentifier.secp384r1,
    size: 48,
    jwkName: "P-384",
    nodeName: "secp384r1",
  },
  p521: {
    algorithm: "ec-p521",
    objectIdentifier: objectIdentifier.secp521r1,
    size: 66,
    jwkName: "P-521",
    nodeName: "secp521r1",
  },
  secp256k1: {
    algorithm: "ec-secp256k1",
    objectIdentifier: objectIdentifier.secp256k1,
    size: 32,
    jwkName: "secp256k1",
    nodeName: null,
  },
}

export const ecCurves = ["p256", "p384", "p521", "secp256k1"] as const satisfies readonly EcCurve[]

/** The curve with this object identifier, or null. */
export function curveOfObjectIdentifier(dotted: string): EcCurve | null {
  return ecCurves.find((curve) => curves[curve].objectIdentifier === dotted) ?? null
}

/** The curve of an algorithm `ec-…`, or null for any other algorithm. */
export function curveOfAlgorithm(algorithm: Algorithm): EcCurve | null {
  return ecCurves.find((curve) => curves[curve].algorithm === algorithm) ?? null
}

/**
 * The public point d·G, uncompressed (SEC 1, 2.3.3): 1 + 2 × size bytes.
 *
 * @param scalar - exactly the curve's size
 * @throws INVALID_INPUT when the scalar has another length or is not in [1, n - 1] (SEC 1, 3.2.1)
 */
export function publicPointOf(curve: EcCurve, scalar: Uint8Array): Uint8Array<ArrayBuffer> {
  const { size, nodeName } = curves[curve]
  if (scalar.length !== size) throw new VaultError("INVALID_INPUT", `the private key of ${curve}: not ${size} bytes`)
  try {
    if (nodeName === null) return new Uint8Array(secp256k1.getPublicKey(scalar, false))
    const agreement = createECDH(nodeName)
    agreement.setPrivateKey(scalar)
    return new Uint8Array(agreement.getPublicKey())
  } catch {
    throw new VaultError("INVALID_INPUT", `the private key of ${curve}: outside the curve's order`)
  }
}

/**
 * The uncompressed form of a point in any form of SEC 1, 2.3.3 but the hybrid one.
 *
 * @throws INVALID_INPUT when the bytes are no point on the curve
 */
export function uncompressedPoint(curve: EcCurve, point: Uint8Array): Uint8Array<ArrayBuffer> {
  const { size, nodeName } = curves[curve]
  const isUncompressed = point[0] === 4 && point.length === 1 + 2 * size
  const isCompressed = (point[0] === 2 || point[0] === 3) && point.length === 1 + size
  const notOnCurve = new VaultError("INVALID_INPUT", `the public key of ${curve}: not a point on the curve`)
  if (!isUncompressed && !isCompressed) throw notOnCurve
  try {
    if (nodeName === null) return new Uint8Array(secp256k1.Point.fromBytes(point).toBytes(false))
    const converted = ECDH.convertKey(point, nodeName, undefined, undefined, "uncompressed")
    return new Uint8Array(Buffer.from(converted))
  } catch {
    throw notOnCurve
  }
}
