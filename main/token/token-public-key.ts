import pkcs11js from "pkcs11js"
import type { Algorithm } from "../../preload/contract/values.ts"
import { DerReader } from "../crypto/asn1/der-reader.ts"
import { derTag } from "../crypto/asn1/der-tag.ts"
import {
  derBitString,
  derElement,
  derNull,
  derObjectIdentifier,
  derOctetString,
  derSequence,
  derUnsignedInteger,
  encodeDer,
} from "../crypto/asn1/der-writer.ts"
import { objectIdentifier } from "../crypto/asn1/object-identifiers.ts"
import { curves } from "./token-curves.ts"
import { ecParameters, type Template } from "./token-templates.ts"

const uncompressed = 0x04

/** SubjectPublicKeyInfo (RFC 8017, A.1.1) from two big-endian numbers. */
export function rsaPublicKey(modulus: Uint8Array, exponent: Uint8Array): Uint8Array<ArrayBuffer> {
  const key = derSequence(derUnsignedInteger(modulus), derUnsignedInteger(exponent))
  return encodeDer(
    derSequence(derSequence(derObjectIdentifier(objectIdentifier.rsaEncryption), derNull()), derBitString(key)),
  )
}

/**
 * SubjectPublicKeyInfo (RFC 5480, RFC 8410) from CKA_EC_POINT, which is an OCTET STRING by the standard, and in some
 * libraries the bare point. `null` for what is no point of that curve's size.
 */
export function ecPublicKey(algorithm: Algorithm, attribute: Uint8Array): Uint8Array<ArrayBuffer> | null {
  if (algorithm === "ed25519") {
    const point = pointIn(attribute, (bytes) => bytes.length === 32)
    return point === null
      ? null
      : encodeDer(derSequence(derSequence(derObjectIdentifier(objectIdentifier.ed25519)), derBitString(point)))
  }
  const curve = curves.find((known) => known.algorithm === algorithm)
  if (curve === undefined) return null
  const point = pointIn(attribute, (bytes) => bytes.length === 1 + 2 * curve.size && bytes[0] === uncompressed)
  if (point === null) return null
  const identifier = derSequence(
    derObjectIdentifier(objectIdentifier.ecPublicKey),
    derObjectIdentifier(curve.identifier),
  )
  return encodeDer(derSequence(identifier, derBitString(point)))
}

function pointIn(attribute: Uint8Array, isPoint: (bytes: Uint8Array) => boolean): Uint8Array | null {
  if (isPoint(attribute)) return attribute
  try {
    const reader = new DerReader(attribute, "CKA_EC_POINT")
    const content = reader.content(derTag.octetString)
    return reader.atEnd && isPoint(content) ? content : null
  } catch {
    return null
  }
}

/** By CKA_EC_PARAMS: an object identifier, or the name of an Edwards curve; `null` for curves that we know not. */
export function algorithmOfCurve(parameters: Uint8Array | null): Algorithm | null {
  if (parameters === null) return null
  const encoded = Buffer.from(parameters)
  const known = curves.find(({ identifier }) => encoded.equals(encodeDer(derObjectIdentifier(identifier))))
  if (known !== undefined) return known.algorithm
  const edwards = [derObjectIdentifier(objectIdentifier.ed25519), derElement(0x13, Buffer.from("edwards25519"))]
  return edwards.some((form) => encoded.equals(encodeDer(form))) ? "ed25519" : null
}

/** By the size of its modulus; `null` for sizes that we know not. */
export function rsaAlgorithm(modulus: Uint8Array | null): Algorithm | null {
  const length = modulus === null ? 0 : modulus.length - modulus.findIndex((octet) => octet !== 0)
  if (length === 256) return "rsa-2048"
  if (length === 384) return "rsa-3072"
  return length === 512 ? "rsa-4096" : null
}

/** The other side's point, from its SubjectPublicKeyInfo. */
export function publicPoint(spki: Uint8Array): Uint8Array {
  const info = DerReader.sequenceOf(spki, "SubjectPublicKeyInfo")
  info.skip()
  return info.bitString()
}

/** By which a public key is written into a token. */
export function publicKeyAttributes(algorithm: Algorithm, spki: Uint8Array): Template {
  if (algorithm.startsWith("rsa-")) {
    const key = DerReader.sequenceOf(publicPoint(spki), "RSAPublicKey")
    const [modulus, exponent] = [key.unsignedInteger(), key.unsignedInteger()]
    return [
      { type: pkcs11js.CKA_MODULUS, value: Buffer.from(modulus) },
      { type: pkcs11js.CKA_PUBLIC_EXPONENT, value: Buffer.from(exponent) },
    ]
  }
  const point = Buffer.from(encodeDer(derOctetString(publicPoint(spki))))
  return [
    { type: pkcs11js.CKA_EC_PARAMS, value: ecParameters(algorithm) },
    { type: pkcs11js.CKA_EC_POINT, value: point },
  ]
}
