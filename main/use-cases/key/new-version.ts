import type { Algorithm } from "../../../preload/contract/values.ts"
import type { Attachment, KeyVersion } from "../../domain/key.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import { inVault } from "../../domain/key-location.ts"
import { Secret } from "../../domain/secret.ts"
import type { TokenKey } from "../../domain/token-port.ts"

interface VersionRequest {
  readonly number: number
  readonly state: KeyVersion["state"]
  /** RFC 3339 UTC. */
  readonly now: string
  readonly attachments?: readonly Attachment[]
  /** Instead of the public key's. */
  readonly fingerprint?: string | undefined
}

/** A key in a token, whose check value is known when it is the vault's as well. */
type KeptKey = TokenKey & { readonly kcv?: string | null }

/** Where a new version comes from: its material, for the vault, or a token that has it and keeps it. */
export type NewMaterial = Secret | KeptKey

/** The public side of new material: what the inventory keeps of it. */
export function newVersion(
  crypto: KeyCrypto,
  algorithm: Algorithm,
  material: NewMaterial,
  { number, state, now, attachments = [], fingerprint }: VersionRequest,
): KeyVersion {
  const isInVault = material instanceof Secret
  const publicKey = isInVault ? crypto.publicKeyFor(algorithm, material.bytes) : material.publicKey
  return {
    version: number,
    state,
    createdAt: now,
    fingerprint: fingerprint ?? (publicKey === null ? null : crypto.spkiFingerprint(publicKey)),
    opensshFingerprint: publicKey === null ? null : crypto.opensshFingerprint(publicKey),
    kcv: isInVault ? crypto.keyCheckValue(algorithm, material.bytes) : (material.kcv ?? null),
    location: isInVault ? inVault : material.uri,
    decryptOnlyUntil: null,
    publicKey,
    destroyedAt: null,
    pending: null,
    attachments,
  }
}
