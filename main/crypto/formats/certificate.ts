import { createHash, X509Certificate } from "node:crypto"
import type { Attachment } from "../../domain/key.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { DerReader } from "../asn1/der-reader.ts"
import { contextTag, derTag } from "../asn1/der-tag.ts"
import { nameText } from "./distinguished-name.ts"
import { decodePublicKeyInfo, encodePublicKeyInfo } from "./public-key-info.ts"

const versionTag = contextTag(0, "constructed")

/** RFC 5280, 4.1.2.2 allows 20; some are longer. In octets. */
const maximumSerialLength = 64

/** A certificate to be shown: what it says of itself. Nothing here says that it is valid, or that anybody should trust it. */
export interface CertificateDescription {
  /** RFC 4514 */
  readonly subject: string
  readonly issuer: string
  /** hexadecimal */
  readonly serial: string
  /** RFC 3339 UTC */
  readonly notBefore: string
  readonly notAfter: string
  /** SHA-256 of the DER, hexadecimal */
  readonly fingerprint: string
  /** whether its own key signed it, in its own name */
  readonly isSelfSigned: boolean
}

/** The parts of a certificate that tell whose it is: views of its DER. */
export interface CertificateParts {
  readonly serial: Uint8Array
  /** Name in DER, as are the subject and the validity */
  readonly issuer: Uint8Array
  readonly validity: Uint8Array
  readonly subject: Uint8Array
  /** SubjectPublicKeyInfo in DER; brought to our own form where we know its algorithm */
  readonly publicKey: Uint8Array
}

/**
 * Reads an X.509 certificate (RFC 5280, 4.1) as far as key files need it; extensions and signature are not looked at.
 *
 * @throws INVALID_INPUT when it is not one
 */
export function readCertificate(der: Uint8Array): CertificateParts {
  const certificate = DerReader.sequenceOf(der, "certificate")
  const body = certificate.sequence()
  certificate.content(derTag.sequence)
  certificate.content(derTag.bitString)
  certificate.end()
  if (body.isNext(versionTag)) body.content(versionTag)
  const serial = body.content(derTag.integer)
  if (serial.length > maximumSerialLength)
    throw new VaultError("INVALID_INPUT", "certificate: the serial number is too long")
  body.content(derTag.sequence)
  const [issuer, validity, subject, publicKey] = [body.element(), body.element(), body.element(), body.element()]
  return { serial, issuer, validity, subject, publicKey: ourForm(publicKey) }
}

/** A compressed point and an uncompressed one are the same key. */
function ourForm(publicKey: Uint8Array): Uint8Array {
  try {
    return encodePublicKeyInfo(decodePublicKeyInfo(publicKey).parts)
  } catch {
    return publicKey
  }
}

/** What `key show` prints of a certificate. @throws INVALID_INPUT when it is not one */
export function describeCertificate(der: Uint8Array): CertificateDescription {
  const parts = readCertificate(der)
  const validity = DerReader.sequenceOf(parts.validity, "certificate")
  const [notBefore, notAfter] = [readTime(validity), readTime(validity)]
  validity.end()
  return {
    subject: nameText(parts.subject),
    issuer: nameText(parts.issuer),
    serial: Buffer.from(parts.serial)
      .toString("hex")
      .replace(/^00(?=.)/, ""),
    notBefore,
    notAfter,
    fingerprint: certificateFingerprint(der),
    isSelfSigned: Buffer.compare(parts.subject, parts.issuer) === 0 && isSignedBy(der, der),
  }
}

/** RFC 5280, 4.1.2.5: seconds, and in UTC. */
function readTime(reader: DerReader): string {
  const isShort = reader.isNext(derTag.utcTime)
  const text = Buffer.from(reader.content(isShort ? derTag.utcTime : derTag.generalizedTime)).toString("latin1")
  // Two digits are of 1950 to 2049.
  const digits = isShort ? `${text < "5" ? "20" : "19"}${text}` : text
  const time = digits.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6.000Z")
  const parsed = new Date(time)
  if (time === digits || Number.isNaN(parsed.getTime()) || parsed.toISOString() !== time) {
    throw new VaultError("INVALID_INPUT", "certificate: a time that does not exist")
  }
  return time
}

/** Whether the key of `issuer` made the signature on `certificate`, as far as the runtime knows the algorithm. */
export function isSignedBy(certificate: Uint8Array, issuer: Uint8Array): boolean {
  try {
    return new X509Certificate(certificate).verify(new X509Certificate(issuer).publicKey)
  } catch {
    return false
  }
}

/** SHA-256 of the DER, hexadecimal. */
export function certificateFingerprint(der: Uint8Array): string {
  return createHash("sha256").update(der).digest("hex")
}

/** A certificate as it is kept with its key: a copy. */
export function certificateAttachment(der: Uint8Array): Attachment {
  return { kind: "x509", content: new Uint8Array(der), fingerprint: certificateFingerprint(der) }
}
