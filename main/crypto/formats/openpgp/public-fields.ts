import { type EcCurve, uncompressedPoint } from "../elliptic-curves.ts"
import { bitLength, type PublicKeyParts } from "../key-parts.ts"
import type { PacketReader } from "./packet-reader.ts"

/** Public-key algorithms by their number (RFC 9580, 9.1). */
export const openpgpAlgorithm = {
  rsa: 1,
  rsaEncryptOnly: 2,
  rsaSignOnly: 3,
  elgamal: 16,
  dsa: 17,
  ecdh: 18,
  ecdsa: 19,
  elgamalForBoth: 20,
  eddsaLegacy: 22,
  x25519: 25,
  x448: 26,
  ed25519: 27,
  ed448: 28,
} as const

/** Why a key can't be taken, though it was read. */
export interface Unsupported {
  readonly unsupported: string
}

/**
 * The curves of ECDSA and ECDH by the octets of their object identifier (section 9.2). Not secp256k1: openpgp.js can't
 * verify its signatures in Node.js, and neither can sq.
 */
const curveIdentifiers: ReadonlyMap<EcCurve, Uint8Array> = new Map<EcCurve, Uint8Array>([
  ["p256", Buffer.from("2a8648ce3d030107", "hex")],
  ["p384", Buffer.from("2b81040022", "hex")],
  ["p521", Buffer.from("2b81040023", "hex")],
])
export const ed25519LegacyIdentifier = Buffer.from("2b06010401da470f01", "hex")
const curve25519LegacyIdentifier = Buffer.from("2b060104019755010501", "hex")

/** A verification with more than this would be slow; keys in use have 16,384 bits at most, and an exponent of 17. */
const maximumModulusBits = 16_384
const maximumExponentBits = 64

/** What stands before the coordinates of a point in its compact form (section 11.2.2). */
export const nativePointPrefix = 0x40

/**
 * Reads the fields of a public key (RFC 9580, 5.5.5), also of kinds that can't be taken: what follows them is found that way.
 *
 * @throws INVALID_INPUT when the fields are not what the algorithm asks for, or the algorithm is not known at all
 */
export function readPublicFields(reader: PacketReader, algorithm: number): PublicKeyParts | Unsupported {
  switch (algorithm) {
    case openpgpAlgorithm.rsa:
    case openpgpAlgorithm.rsaEncryptOnly:
    case openpgpAlgorithm.rsaSignOnly:
      return readRsa(reader)
    case openpgpAlgorithm.dsa:
      return skipped(reader, 4, "DSA keys are not supported")
    case openpgpAlgorithm.elgamal:
    case openpgpAlgorithm.elgamalForBoth:
      return skipped(reader, 3, "ElGamal keys are not supported")
    case openpgpAlgorithm.ecdsa:
      return readPoint(reader, reader.counted())
    case openpgpAlgorithm.ecdh:
      return readEcdh(reader)
    case openpgpAlgorithm.eddsaLegacy:
      return readEddsaLegacy(reader)
    case openpgpAlgorithm.ed25519:
      return { kind: "ed25519", publicKey: reader.bytes(32) }
    case openpgpAlgorithm.x25519:
      return { kind: "x25519", publicKey: reader.bytes(32) }
    case openpgpAlgorithm.ed448:
      reader.bytes(57)
      return { unsupported: "Ed448 keys are not supported" }
    case openpgpAlgorithm.x448:
      reader.bytes(56)
      return { unsupported: "X448 keys are not supported" }
    default:
      throw reader.invalid("the algorithm is not supported")
  }
}

/** Whether the fields are those of the first curves, before they had algorithms of their own: in keys of version 6 they must not be. */
export function hasLegacyFields(algorithm: number, parts: PublicKeyParts): boolean {
  return algorithm === openpgpAlgorithm.eddsaLegacy || (algorithm === openpgpAlgorithm.ecdh && parts.kind === "x25519")
}

function skipped(reader: PacketReader, numbers: number, unsupported: string): Unsupported {
  for (let number = 0; number < numbers; number += 1) reader.mpi()
  return { unsupported }
}

function readRsa(reader: PacketReader): PublicKeyParts | Unsupported {
  const [n, e] = [reader.mpi(), reader.mpi()]
  const isBounded = bitLength(n) <= maximumModulusBits && bitLength(e) <= maximumExponentBits
  return isBounded ? { kind: "rsa", n, e } : { unsupported: "an RSA key with numbers of an unusual size" }
}

function readPoint(reader: PacketReader, identifier: Uint8Array): PublicKeyParts | Unsupported {
  const point = reader.mpi()
  for (const [curve, known] of curveIdentifiers) {
    if (Buffer.compare(known, identifier) !== 0) continue
    return { kind: "ec", curve, publicPoint: uncompressedPoint(curve, point) }
  }
  return { unsupported: "the elliptic curve is not supported" }
}

/** The object identifier of a curve; null of one that is not supported here. */
export function curveIdentifierOf(curve: EcCurve): Uint8Array | null {
  return curveIdentifiers.get(curve) ?? null
}

function readEcdh(reader: PacketReader): PublicKeyParts | Unsupported {
  const identifier = reader.counted()
  const isCurve25519 = Buffer.compare(identifier, curve25519LegacyIdentifier) === 0
  const parts: PublicKeyParts | Unsupported = isCurve25519
    ? { kind: "x25519", publicKey: readNativePoint(reader) }
    : readPoint(reader, identifier)
  // Which hash and which cipher wrap a session key: part of the fingerprint, and no part of the key.
  reader.counted()
  return parts
}

function readEddsaLegacy(reader: PacketReader): PublicKeyParts | Unsupported {
  const identifier = reader.counted()
  if (Buffer.compare(identifier, ed25519LegacyIdentifier) !== 0) {
    return skipped(reader, 1, "the elliptic curve is not supported")
  }
  return { kind: "ed25519", publicKey: readNativePoint(reader) }
}

function readNativePoint(reader: PacketReader): Uint8Array {
  const point = reader.mpi()
  if (point.length !== 33 || point[0] !== nativePointPrefix) throw reader.invalid("the public point")
  return point.subarray(1)
}
