import type { Algorithm } from "../../../preload/contract/values.ts"
import type { Attachment, KeyVersion } from "../../domain/key.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import type { Secret } from "../../domain/secret.ts"

interface VersionRequest {
  readonly number: number
  readonly state: KeyVersion["state"]
  /** RFC 3339 UTC. */
  readonly now: string
  readonly attachments?: readonly Attachment[]
  /** Instead of the public key's. */
  readonly fingerprint?: string | undefined
}

/** The public side of new material: what the inventory keeps of it. */
export function newVersion(
  crypto: KeyCrypto,
  algorithm: Algorithm,
  material: Secret,
  { number, state, now, attachments = [], fingerprint }: VersionRequest,
): KeyVersion {
  const publicKey = crypto.publicKeyFor(algorithm, material.bytes)
  return {
    version: number,
    state,
    createdAt: now,
    fingerprint: fingerprint ?? (publicKey === null ? null : crypto.spkiFingerprint(publicKey)),
    opensshFingerprint: publicKey === null ? null : crypto.opensshFingerprint(publicKey),
    kcv: crypto.keyCheckValue(algorithm, material.bytes),
    location: "vault",
    decryptOnlyUntil: null,
    publicKey,
    destroyedAt: null,
    attachments,
  }
}
