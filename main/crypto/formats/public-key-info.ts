import type { Algorithm } from "../../../preload/contract/values.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { DerReader } from "../asn1/der-reader.ts"
import { type DerValue, derBitString, derSequence, derUnsignedInteger, encodeDer } from "../asn1/der-writer.ts"
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
 * Reads SubjectPublicKeyInfo (RFC 5280, 4.1.2.7) in DER. An EC point must be on its curve; a compressed one is given uncompressed.
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
      if (publicKey.length !== edwardsKeyLength) {
        throw new VaultError("INVALID_INPUT", "SubjectPublicKeyInfo: the public key is not 32 bytes")
      }
      return { kind: family.kind, publicKey }
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
      return parts.publicKey
  }
}
