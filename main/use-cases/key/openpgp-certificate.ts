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
  using material = await vault.materials.open(placeOf(key, bare.version), null)
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

interface Subkeys {
  readonly leaving: readonly KeyOfVersion[]
  /** Why each other one stays behind, as sentences for a person. */
  readonly staying: readonly string[]
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
): Subkeys {
  const certificate = certificateOf(version)
  const [primary, ...fingerprints] =
    certificate === undefined ? [] : crypto.publicKeysIn(certificate).map(crypto.spkiFingerprint)
  const leaving: KeyOfVersion[] = []
  const staying: string[] = []
  for (const fingerprint of primary === version.fingerprint ? fingerprints : []) {
    const found = subkeyWith(vault, fingerprint)
    const reason = found === null ? "it is not in this vault" : whyItStays(vault, found, inTheClear)
    if (found !== null && reason === null) leaving.push(found)
    else staying.push(`a subkey stays behind: ${reason}`)
  }
  return { leaving, staying }
}

function subkeyWith(vault: OpenVault, fingerprint: string): KeyOfVersion | null {
  const name = vault.keys.withFingerprint(fingerprint)
  if (name === null) return null
  const key = findKey(vault, name)
  const version = key.versions.find((each) => each.fingerprint === fingerprint && each.destroyedAt === null)
  return version === undefined ? null : { key, version }
}

export function hasCertificate(version: KeyVersion): boolean {
  return certificateOf(version) !== undefined
}

function certificateOf({ attachments }: KeyVersion): Attachment | undefined {
  return attachments.find(({ kind }) => kind === "openpgp")
}

function whyItStays(vault: OpenVault, { key, version }: KeyOfVersion, inTheClear: boolean): string | null {
  try {
    requireMayLeave(vault, key, version, inTheClear)
    return null
  } catch (error) {
    if (error instanceof VaultError) return error.detail ?? error.code
    throw error
  }
}
