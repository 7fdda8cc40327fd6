import type { Key, KeyVersion } from "../../domain/key.ts"
import type { KeyCrypto, RevokedCertificate } from "../../domain/key-crypto.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { timeOf } from "../key/key-object.ts"

/** What a certificate authority has to be told. It needs no secret: whoever issued a certificate revokes it. @throws `INVALID_INPUT` when there is none */
export function certificateRevocation(
  vault: OpenVault,
  crypto: KeyCrypto,
  key: Key,
  revoked: readonly KeyVersion[],
): Uint8Array<ArrayBuffer> {
  const certificates = revoked.flatMap((version) => certificatesOf(version, whyRevoked(vault, key, version)))
  const made = crypto.x509Revocation(certificates, { key: key.name, at: timeOf(vault) })
  if (made === null) throw new VaultError("INVALID_INPUT", `${key.name} has no X.509 certificate`)
  return made
}

type Why = Pick<RevokedCertificate, "reason" | "invalidityDate">

function certificatesOf({ version, publicKey, attachments }: KeyVersion, why: Why): RevokedCertificate[] {
  if (publicKey === null) return []
  return attachments
    .filter(({ kind }) => kind === "x509")
    .map(({ content }) => ({ version, certificate: content, publicKey, ...why }))
}

/** A rehearsal says nothing to anybody. */
function whyRevoked(vault: OpenVault, key: Key, { version, state, pending }: KeyVersion): Why {
  const incident = vault.incidents
    .ofKey(key.id)
    .find(({ rehearsal, versions }) => !rehearsal && versions.includes(version))
  if (incident !== undefined || state === "compromised" || pending?.from === "compromised") {
    const isAuthority = key.purpose === "certificate-authority"
    const invalidityDate = incident?.since ?? incident?.openedAt ?? null
    return { reason: isAuthority ? "cACompromise" : "keyCompromise", invalidityDate }
  }
  return { reason: version === key.currentVersion ? "cessationOfOperation" : "superseded", invalidityDate: null }
}
