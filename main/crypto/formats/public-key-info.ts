import type { Algorithm } from "../../../preload/contract/values.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { DerReader } from "../asn1/der-reader.ts"
import { type DerValue, derBitString, derSequence, derUnsignedInteger, encodeDer } from "../asn1/der-writer.ts"
import { areReduced } from "../post-quantum/coefficients.ts"
import { isMlKem, type LatticeAlgorithm, latticeSets, slhDsaSets } from "../post-quantum/parameter-sets.ts"
import { algorithmIdentifier, type KeyFamily, readAlgorithmIdentifier } from "./algorithm-identifier.ts"
import { edwardsKeyLength } from "./edwards-private-key.ts"
import { uncompressedPoint } from "./elliptic-curves.ts"
import { algorithmOf, type PublicKeyParts } from "./key-parts.ts"

/** What a SubjectPublicKeyInfo holds. */
export interface DecodedPublicKey {
  readonly algorithm: Algorithm
  readonly parts: PublicKeyParts
}

/**
 * Reads SubjectPublicKeyInfo (RFC 5280, 4.1.2.7) in DER. An EC point must be on its curve, and a compressed one is given
 * uncompressed; an ML-KEM key must pass the modulus check.
 *
 * @throws INVALID_INPUT naming the field that is wrong or the algorithm that is not supported
 */
export function decodePublicKeyInfo(der: Uint8Array): DecodedPublicKey {
  const reader = DerReader.sequenceOf(der, "SubjectPublicKeyInfo")
  const family = readAlgorithmIdentifier(reader.sequence())
  const parts = decodeParts(family, reader.bitString())
  reader.end()
  return { algorithm: algorithmOf(parts), parts }
}

function decodeParts(family: KeyFamily, publicKey: Uint8Array): PublicKeyParts {
  switch (family.kind) {
    case "rsa": {
      const reader = DerReader.sequenceOf(publicKey, "RSAPublicKey")
      const parts = { kind: family.kind, n: reader.unsignedInteger(), e: reader.unsignedInteger() }
      reader.end()
      return parts
    }
    case "ec":
      return { ...family, publicPoint: uncompressedPoint(family.curve, publicKey) }
    case "ed25519":
    case "x25519":
      requireLength(publicKey, edwardsKeyLength)
      return { kind: family.kind, publicKey }
    case "lattice":
      requireLattice(publicKey, family.algorithm)
      return { ...family, publicKey }
    case "slh-dsa":
      requireLength(publicKey, slhDsaSets[family.algorithm].publicKeySize)
      return { ...family, publicKey }
  }
}

function requireLength(publicKey: Uint8Array, length: number): void {
  if (publicKey.length !== length) {
    throw new VaultError("INVALID_INPUT", `SubjectPublicKeyInfo: the public key is not ${length} bytes`)
  }
}

/** FIPS 203, 7.2; behind the coefficients there are 32 bytes that may be anything. In ML-DSA all may be. */
function requireLattice(publicKey: Uint8Array, algorithm: LatticeAlgorithm): void {
  requireLength(publicKey, latticeSets[algorithm].publicKeySize)
  if (isMlKem(algorithm) && !areReduced(publicKey.subarray(0, -32))) {
    throw new VaultError("INVALID_INPUT", `SubjectPublicKeyInfo: not a public key of ${algorithm}`)
  }
}

/** SubjectPublicKeyInfo in DER, as OpenSSL writes it: EC with named curve and uncompressed point. */
export function encodePublicKeyInfo(parts: PublicKeyParts): Uint8Array<ArrayBuffer> {
  return encodeDer(derSequence(algorithmIdentifier(parts), derBitString(publicKey(parts))))
}

function publicKey(parts: PublicKeyParts): Uint8Array | DerValue {
  switch (parts.kind) {
    case "rsa":
      return derSequence(derUnsignedInteger(parts.n), derUnsignedInteger(parts.e))
    case "ec":
      return parts.publicPoint
    case "ed25519":
    case "x25519":
    case "lattice":
    case "slh-dsa":
      return parts.publicKey
  }
}
