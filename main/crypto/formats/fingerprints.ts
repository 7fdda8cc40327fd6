import { createHash } from "node:crypto"
import { opensshBlob } from "./openssh-public-key.ts"
import { decodePublicKeyInfo } from "./public-key-info.ts"

/** `SHA256:` and standard base64, with padding, of SHA-256 over a SubjectPublicKeyInfo (DER). */
export function spkiFingerprint(spki: Uint8Array): string {
  return `SHA256:${createHash("sha256").update(spki).digest("base64")}`
}

/**
 * The fingerprint `ssh-keygen -l` prints: `SHA256:` and base64 without padding of SHA-256 over the SSH public key blob.
 *
 * @param spki - SubjectPublicKeyInfo DER
 * @returns null for an algorithm that SSH does not have
 * @throws INVALID_INPUT when `spki` is no public key of a supported algorithm
 */
export function opensshFingerprint(spki: Uint8Array): string | null {
  const blob = opensshBlob(decodePublicKeyInfo(spki).parts)
  if (blob === null) return null
  return `SHA256:${createHash("sha256").update(blob).digest("base64").replaceAll("=", "")}`
}
