import { Buffer } from "node:buffer"
import type { RevokedCertificate } from "../../domain/key-crypto.ts"
import { describeCertificate, readCertificate } from "./certificate.ts"
import { encodePem } from "./pem.ts"

/** CRLReason (RFC 5280, 5.3.1). */
const reasonCodes: Readonly<Record<RevokedCertificate["reason"], number>> = {
  keyCompromise: 1,
  cACompromise: 2,
  superseded: 4,
  cessationOfOperation: 5,
}

/**
 * What whoever issued certificates has to be told to revoke them, of those that are of these very keys: a chain that came along is not theirs.
 * @returns `null` when there is none
 */
export function x509Revocation(
  revoked: readonly RevokedCertificate[],
  about: { readonly key: string; readonly at: string },
): Uint8Array<ArrayBuffer> | null {
  const certificates = revoked
    .filter(({ certificate, publicKey }) => isOf(certificate, publicKey))
    .map(({ certificate, version, reason, invalidityDate }) => {
      const { serial, issuer, subject, notAfter, fingerprint } = describeCertificate(certificate)
      return {
        version,
        serial,
        issuer,
        subject,
        notAfter,
        sha256: fingerprint,
        reason,
        reasonCode: reasonCodes[reason],
        ...(invalidityDate === null ? {} : { invalidityDate }),
        certificate: new TextDecoder().decode(encodePem("CERTIFICATE", certificate)),
      }
    })
  if (certificates.length === 0) return null
  const request = { format: "claviger-x509-revocation", v: 1, ...about, certificates }
  return new Uint8Array(Buffer.from(`${JSON.stringify(request, null, 2)}\n`))
}

function isOf(certificate: Uint8Array, publicKey: Uint8Array): boolean {
  return Buffer.compare(readCertificate(certificate).publicKey, publicKey) === 0
}
