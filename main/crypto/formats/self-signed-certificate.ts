import { createHash } from "node:crypto"
import type { Algorithm, Mechanism } from "../../../preload/contract/values.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { sign } from "../algorithms/signature.ts"
import { contextTag, derTag } from "../asn1/der-tag.ts"
import {
  type DerValue,
  derBitString,
  derElement,
  derNull,
  derObjectIdentifier,
  derOctetString,
  derSequence,
  derSmallInteger,
  derUnsignedInteger,
  encodeDer,
} from "../asn1/der-writer.ts"
import { objectIdentifier } from "../asn1/object-identifiers.ts"
import { randomBytes } from "../random.ts"
import { commonName } from "./distinguished-name.ts"
import { oneLine } from "./openssh-public-key.ts"

/** How a key certifies itself. */
interface Signature {
  readonly mechanism: Mechanism
  readonly identifier: DerValue
}

const rsaSignature: Signature = {
  mechanism: "rsa-pkcs1-sha256",
  identifier: derSequence(derObjectIdentifier(objectIdentifier.sha256WithRsa), derNull()),
}

const signatures: Readonly<Partial<Record<Algorithm, Signature>>> = {
  "rsa-2048": rsaSignature,
  "rsa-3072": rsaSignature,
  "rsa-4096": rsaSignature,
  "ec-p256": withoutParameters("ecdsa-sha256", objectIdentifier.ecdsaWithSha256),
  "ec-p384": withoutParameters("ecdsa-sha384", objectIdentifier.ecdsaWithSha384),
  "ec-p521": withoutParameters("ecdsa-sha512", objectIdentifier.ecdsaWithSha512),
  "ec-secp256k1": withoutParameters("ecdsa-sha256", objectIdentifier.ecdsaWithSha256),
  ed25519: withoutParameters("ed25519", objectIdentifier.ed25519),
  "ml-dsa-44": withoutParameters("ml-dsa", objectIdentifier.mlDsa44),
  "ml-dsa-65": withoutParameters("ml-dsa", objectIdentifier.mlDsa65),
  "ml-dsa-87": withoutParameters("ml-dsa", objectIdentifier.mlDsa87),
  "slh-dsa-sha2-128s": withoutParameters("slh-dsa", objectIdentifier.slhDsaSha2128s),
  "slh-dsa-sha2-256s": withoutParameters("slh-dsa", objectIdentifier.slhDsaSha2256s),
}

function withoutParameters(mechanism: Mechanism, identifier: string): Signature {
  return { mechanism, identifier: derSequence(derObjectIdentifier(identifier)) }
}

/** RFC 5280, 4.1.2.5: a certificate without an end. */
const noEnd = derElement(derTag.generalizedTime, Buffer.from("99991231235959Z"))

/** 126 random bits: positive, and never the same twice (RFC 5280, 4.1.2.2). */
const serialLength = 16
const keyIdentifierLength = 20

/** Whose certificate it is. */
export interface CertificateSubject {
  readonly algorithm: Algorithm
  /** PKCS#8 DER; stays the caller's */
  readonly material: Uint8Array
  /** SubjectPublicKeyInfo DER */
  readonly publicKey: Uint8Array
  /** what it calls itself */
  readonly name: string
  /** from when on: RFC 3339 UTC */
  readonly since: string
}

/** Whether keys of this algorithm can certify themselves: those that only agree on keys can't. */
export function canCertifyItself(algorithm: Algorithm): boolean {
  return signatures[algorithm] !== undefined
}

/**
 * A certificate (X.509 version 3, RFC 5280) that a key makes for itself, without an end and without any claim of what it may be used for: for the
 * formats that hold no key without one.
 *
 * @throws INVALID_INPUT for an algorithm that does not sign
 */
export async function selfSignedCertificate({
  algorithm,
  material,
  publicKey,
  name,
  since,
}: CertificateSubject): Promise<Uint8Array<ArrayBuffer>> {
  const signature = signatures[algorithm]
  if (signature === undefined) throw new VaultError("INVALID_INPUT", `a key of ${algorithm} cannot certify itself`)
  const subject = commonName(oneLine(name) || "key")
  const body = derElement(
    derTag.sequence,
    derElement(contextTag(0, "constructed"), derSmallInteger(2)),
    derUnsignedInteger(randomSerial()),
    signature.identifier,
    subject,
    derSequence(timeOf(since), noEnd),
    subject,
    publicKey,
    derElement(contextTag(3, "constructed"), derSequence(subjectKeyIdentifier(publicKey))),
  )
  const signed = await sign(algorithm, signature.mechanism, material, encodeDer(body))
  return encodeDer(derSequence(body, signature.identifier, derBitString(signed)))
}

function randomSerial(): Uint8Array {
  const serial = randomBytes(serialLength)
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40
  return serial
}

/** RFC 5280, 4.1.2.5: two digits of the year up to 2049. */
function timeOf(time: string): DerValue {
  const text = `${time.replaceAll(/[-:T]/g, "").slice(0, 14)}Z`
  const isShort = text >= "1950" && text < "2050"
  return derElement(isShort ? derTag.utcTime : derTag.generalizedTime, Buffer.from(isShort ? text.slice(2) : text))
}

/** RFC 5280, 4.2.1.2, by the hash of RFC 7093, section 2. */
function subjectKeyIdentifier(publicKey: Uint8Array): DerValue {
  const identifier = createHash("sha256").update(publicKey).digest().subarray(0, keyIdentifierLength)
  return derSequence(
    derObjectIdentifier(objectIdentifier.subjectKeyIdentifier),
    derOctetString(derOctetString(identifier)),
  )
}
