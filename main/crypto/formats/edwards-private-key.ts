import { createPrivateKey, createPublicKey } from "node:crypto"
import { VaultError } from "../../domain/vault-error.ts"
import { DerReader } from "../asn1/der-reader.ts"
import { derTag } from "../asn1/der-tag.ts"
import { type DerValue, derOctetString, derSequence, derSmallInteger, encodeDer } from "../asn1/der-writer.ts"
import { algorithmIdentifier } from "./algorithm-identifier.ts"
import type { EdwardsPrivateParts } from "./key-parts.ts"

/** Bytes of a private and of a public key of Ed25519 and X25519 (RFC 8032, 5.1.5; RFC 7748, 5). */
export const edwardsKeyLength = 32

/**
 * Reads a CurvePrivateKey (RFC 8410, section 7), an OCTET STRING. The key is a view of `der`.
 *
 * @throws INVALID_INPUT when it is not one or does not hold 32 bytes
 */
export function decodeEdwardsPrivateKey(der: Uint8Array, kind: EdwardsPrivateParts["kind"]): EdwardsPrivateParts {
  const reader = new DerReader(der, "CurvePrivateKey")
  const privateKey = reader.content(derTag.octetString)
  reader.end()
  if (privateKey.length !== edwardsKeyLength) throw new VaultError("INVALID_INPUT", "CurvePrivateKey: not 32 bytes")
  return { kind, privateKey }
}

/** The PrivateKeyInfo of RFC 8410, section 7, version 0: no attributes, no public key. */
export function edwardsPrivateKeyInfo(parts: EdwardsPrivateParts): DerValue {
  return derSequence(derSmallInteger(0), algorithmIdentifier(parts), derOctetString(derOctetString(parts.privateKey)))
}

/** The 32-byte public key that belongs to an Ed25519 seed or an X25519 scalar. */
export function edwardsPublicKeyOf(parts: EdwardsPrivateParts): Uint8Array<ArrayBuffer> {
  const der = encodeDer(edwardsPrivateKeyInfo(parts))
  try {
    const privateKey = createPrivateKey({ key: Buffer.from(der.buffer), format: "der", type: "pkcs8" })
    const subjectPublicKeyInfo = createPublicKey(privateKey).export({ format: "der", type: "spki" })
    // The key is the end of the structure (RFC 8410, section 4).
    return new Uint8Array(subjectPublicKeyInfo.subarray(-edwardsKeyLength))
  } finally {
    der.fill(0)
  }
}
