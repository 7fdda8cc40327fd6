import { VaultError } from "../../domain/vault-error.ts"
import { DerReader } from "../asn1/der-reader.ts"
import { contextTag, derTag } from "../asn1/der-tag.ts"
import {
  type DerValue,
  derBitString,
  derElement,
  derObjectIdentifier,
  derOctetString,
  derSequence,
  derSmallInteger,
} from "../asn1/der-writer.ts"
import { curveOfObjectIdentifier, curves, type EcCurve, publicPointOf, uncompressedPoint } from "./elliptic-curves.ts"
import type { EcPrivateParts } from "./key-parts.ts"
import { unsupportedName } from "./unsupported-identifiers.ts"

const parametersTag = contextTag(0, "constructed")
const publicKeyTag = contextTag(1, "constructed")

/**
 * Reads an ECPrivateKey (RFC 5915, section 3; SEC 1, C.4). The scalar is a view of `der`; a public point that is missing is computed, one that
 * is there is only brought to its uncompressed form.
 *
 * @param outerCurve - the curve PKCS#8 names around it, or null where the structure stands alone and must name its own
 * @throws INVALID_INPUT when it is not one, names no curve of ours or another than `outerCurve`, or a value does not fit the curve
 */
export function decodeEcPrivateKey(der: Uint8Array, outerCurve: EcCurve | null): EcPrivateParts {
  const reader = DerReader.sequenceOf(der, "ECPrivateKey")
  if (reader.smallInteger() !== 1) throw new VaultError("INVALID_INPUT", "ECPrivateKey: version")
  const d = reader.octetString()
  const innerCurve = reader.isNext(parametersTag) ? readParameters(reader.constructed(parametersTag)) : null
  const curve = outerCurve ?? innerCurve
  if (curve === null) throw new VaultError("INVALID_INPUT", "ECPrivateKey: the curve is not named")
  if (innerCurve !== null && innerCurve !== curve)
    throw new VaultError("INVALID_INPUT", "ECPrivateKey: two different curves")
  if (d.length !== curves[curve].size) {
    throw new VaultError(
      "INVALID_INPUT",
      `ECPrivateKey: the private key of ${curve} is not ${curves[curve].size} bytes`,
    )
  }
  const embedded = reader.isNext(publicKeyTag) ? readPublicKey(reader.constructed(publicKeyTag)) : null
  reader.end()
  const publicPoint = embedded === null ? publicPointOf(curve, d) : uncompressedPoint(curve, embedded)
  return { kind: "ec", curve, d, publicPoint }
}

/**
 * Reads the named curve of ECParameters (RFC 5480, 2.1.1).
 *
 * @throws INVALID_INPUT for another curve, or one spelled out by its numbers instead of named
 */
export function readNamedCurve(reader: DerReader): EcCurve {
  if (reader.isNext(derTag.sequence)) {
    throw new VaultError("INVALID_INPUT", "EC parameters: the curve is spelled out instead of named")
  }
  const identifier = reader.objectIdentifier()
  const curve = curveOfObjectIdentifier(identifier)
  if (curve === null) {
    throw new VaultError("INVALID_INPUT", `EC parameters: this curve is not supported: ${unsupportedName(identifier)}`)
  }
  return curve
}

function readParameters(reader: DerReader): EcCurve {
  const curve = readNamedCurve(reader)
  reader.end()
  return curve
}

function readPublicKey(reader: DerReader): Uint8Array {
  const point = reader.bitString()
  reader.end()
  return point
}

/** The ECPrivateKey structure with its public point, and with the curve's name unless PKCS#8 around it says it already. */
export function ecPrivateKey(
  { curve, d, publicPoint }: EcPrivateParts,
  names: "curve named" | "curve outside",
): DerValue {
  const parameters = derElement(parametersTag, derObjectIdentifier(curves[curve].objectIdentifier))
  return derSequence(
    derSmallInteger(1),
    derOctetString(d),
    ...(names === "curve named" ? [parameters] : []),
    derElement(publicKeyTag, derBitString(publicPoint)),
  )
}
