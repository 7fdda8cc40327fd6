import type { Algorithm } from "../../../preload/contract/values.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { DerReader } from "../asn1/der-reader.ts"
import { contextTag } from "../asn1/der-tag.ts"
import { type DerValue, derOctetString, derSequence, derSmallInteger, encodeDer } from "../asn1/der-writer.ts"
import { algorithmIdentifier, type KeyFamily, readAlgorithmIdentifier } from "./algorithm-identifier.ts"
import { decodeEcPrivateKey, ecPrivateKey } from "./ec-private-key.ts"
import { decodeEdwardsPrivateKey, edwardsPrivateKeyInfo, edwardsPublicKeyOf } from "./edwards-private-key.ts"
import { uncompressedPoint } from "./elliptic-curves.ts"
import { algorithmOf, type PrivateKeyParts } from "./key-parts.ts"
import { decodeLatticePrivateKey, latticePrivateKeyInfo, latticePublicKeyOf } from "./lattice-private-key.ts"
import { decodeRsaPrivateKey, rsaPrivateKey } from "./rsa-private-key.ts"
import { decodeSlhDsaPrivateKey, slhDsaPublicKeyOf } from "./slh-dsa-private-key.ts"

const attributesTag = contextTag(0, "constructed")
const publicKeyTag = contextTag(1, "primitive")

/** What a PrivateKeyInfo holds. `parts` are views of the bytes it was read from: wiping those wipes the key. */
export interface DecodedPrivateKey {
  readonly algorithm: Algorithm
  readonly parts: PrivateKeyParts
}

/**
 * Reads PKCS#8 PrivateKeyInfo (RFC 5208) or OneAsymmetricKey (RFC 5958) in DER. Attributes are ignored. Whether the numbers of the key fit each
 * other is not looked at here: see `checkPrivateKey`.
 *
 * @throws INVALID_INPUT naming the field that is wrong or the algorithm that is not supported
 */
export function decodePrivateKeyInfo(der: Uint8Array): DecodedPrivateKey {
  const reader = DerReader.sequenceOf(der, "PrivateKeyInfo")
  const version = reader.smallInteger()
  if (version > 1) throw new VaultError("INVALID_INPUT", "PrivateKeyInfo: version")
  const family = readAlgorithmIdentifier(reader.sequence())
  const parts = decodeParts(family, reader.octetString())
  if (reader.isNext(attributesTag)) reader.content(attributesTag)
  const outerPublicKey = version === 1 && reader.isNext(publicKeyTag) ? reader.bitString(publicKeyTag) : null
  reader.end()
  if (outerPublicKey !== null && !belongsTo(outerPublicKey, parts)) {
    throw new VaultError("INVALID_INPUT", "PrivateKeyInfo: the public key is of another private key")
  }
  return { algorithm: algorithmOf(parts), parts }
}

function decodeParts(family: KeyFamily, privateKey: Uint8Array): PrivateKeyParts {
  switch (family.kind) {
    case "rsa":
      return decodeRsaPrivateKey(privateKey)
    case "ec":
      return decodeEcPrivateKey(privateKey, family.curve)
    case "ed25519":
    case "x25519":
      return decodeEdwardsPrivateKey(privateKey, family.kind)
    case "lattice":
      return decodeLatticePrivateKey(privateKey, family.algorithm)
    case "slh-dsa":
      return decodeSlhDsaPrivateKey(privateKey, family.algorithm)
  }
}

/** RFC 5958 puts the public key of the algorithm's own structure outside the private one as well; RSA never has it there. */
function belongsTo(outerPublicKey: Uint8Array, parts: PrivateKeyParts): boolean {
  switch (parts.kind) {
    case "rsa":
      return false
    case "ec":
      return Buffer.compare(uncompressedPoint(parts.curve, outerPublicKey), parts.publicPoint) === 0
    case "ed25519":
    case "x25519":
      return Buffer.compare(outerPublicKey, edwardsPublicKeyOf(parts)) === 0
    case "lattice":
      return Buffer.compare(outerPublicKey, latticePublicKeyOf(parts)) === 0
    case "slh-dsa":
      return Buffer.compare(outerPublicKey, slhDsaPublicKeyOf(parts)) === 0
  }
}

/**
 * The one PKCS#8 form a vault keeps, the one OpenSSL writes: DER, version 0, no attributes; EC with named curve and uncompressed public point
 * (RFC 5915), Ed25519 and X25519 as RFC 8410, ML-KEM and ML-DSA with their seed alone if it is known. The caller wipes it.
 */
export function encodePrivateKeyInfo(parts: PrivateKeyParts): Uint8Array<ArrayBuffer> {
  switch (parts.kind) {
    case "rsa":
      return encodeDer(privateKeyInfo(parts, rsaPrivateKey(parts)))
    case "ec":
      return encodeDer(privateKeyInfo(parts, ecPrivateKey(parts, "curve outside")))
    case "ed25519":
    case "x25519":
      return encodeDer(edwardsPrivateKeyInfo(parts))
    case "lattice":
      return encodeDer(latticePrivateKeyInfo(parts))
    case "slh-dsa":
      return encodeDer(privateKeyInfo(parts, parts.privateKey))
  }
}

function privateKeyInfo(family: KeyFamily, privateKey: DerValue | Uint8Array): DerValue {
  return derSequence(derSmallInteger(0), algorithmIdentifier(family), derOctetString(privateKey))
}
