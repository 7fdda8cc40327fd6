import type { Attachment, Key, KeyVersion } from "../../domain/key.ts"
import type { KeyCrypto, PrivateExport } from "../../domain/key-crypto.ts"
import { versionOf } from "../../domain/key-state.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { placeOf } from "../key-use/log-use.ts"
import { findKey } from "./find-key.ts"
import { recordChange } from "./record-change.ts"
import { requireMayLeave } from "./require-may-leave.ts"

/** A key and the version of it that is meant. */
export interface KeyOfVersion {
  readonly key: Key
  readonly version: KeyVersion
}

/** What a format may ask of a key beside its material. */
export function exportFields({ key, version }: KeyOfVersion): Omit<PrivateExport, "material"> {
  const { algorithm, purpose, name: comment } = key
  const { createdAt, attachments } = version
  return { algorithm, purpose, comment, createdAt, attachments }
}

/**
 * The version with its OpenPGP certificate. One that has none gets one, and keeps it: whoever has the public key by then must find the same
 * fingerprint in every later export. @throws `INVALID_INPUT` for a key that can have none
 */
export async function withCertificate(
  vault: OpenVault,
  crypto: KeyCrypto,
  { key, version: bare }: KeyOfVersion,
): Promise<KeyVersion> {
  if (hasCertificate(bare)) return bare
  using material = vault.materials.open(placeOf(key, bare.version))
  const made = await crypto.newCertificate({ ...exportFields({ key, version: bare }), material })
  const detail = { version: bare.version, openpgp: made.fingerprint }
  const certified = (version: KeyVersion): KeyVersion =>
    version.version !== bare.version || hasCertificate(version)
      ? version
      : { ...version, attachments: [...version.attachments, made] }
  recordChange(vault, { id: key.id, action: "key.certify", detail }, (before) => ({
    ...before,
    versions: before.versions.map(certified),
  }))
  return versionOf(findKey(vault, key.id), bare.version)
}

/**
 * The subkeys of a primary key that are keys of this vault and may leave: its file holds them too, and a stub of each other. A subkey takes
 * nobody along.
 */
export function subkeysToLeave(
  vault: OpenVault,
  crypto: KeyCrypto,
  { version }: KeyOfVersion,
  inTheClear: boolean,
): KeyOfVersion[] {
  const certificate = certificateOf(version)
  if (certificate === undefined) return []
  const [primary, ...subkeys] = crypto.publicKeysIn(certificate).map(crypto.spkiFingerprint)
  if (primary !== version.fingerprint) return []
  return subkeys.flatMap((fingerprint): KeyOfVersion[] => {
    const name = vault.keys.withFingerprint(fingerprint)
    const key = name === null ? null : findKey(vault, name)
    const found = key?.versions.find((each) => each.fingerprint === fingerprint && each.destroyedAt === null)
    return key !== null && found !== undefined && mayLeave(key, found, inTheClear) ? [{ key, version: found }] : []
  })
}

export function hasCertificate(version: KeyVersion): boolean {
  return certificateOf(version) !== undefined
}

function certificateOf({ attachments }: KeyVersion): Attachment | undefined {
  return attachments.find(({ kind }) => kind === "openpgp")
}

function mayLeave(key: Key, version: KeyVersion, inTheClear: boolean): boolean {
  try {
    requireMayLeave(key, version, inTheClear)
    return true
  } catch (error) {
    if (error instanceof VaultError) return false
    throw error
  }
}
