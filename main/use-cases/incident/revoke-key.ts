import { Buffer } from "node:buffer"
import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { RevocationFormat } from "../../../preload/contract/key-compromise.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import { versionOf } from "../../domain/key-state.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Session } from "../../domain/session.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { findKey } from "../key/find-key.ts"
import { timeOf } from "../key/key-object.ts"
import { logUse, placeOf } from "../key-use/log-use.ts"
import { certificateRevocation } from "./certificate-revocation.ts"

/**
 * Makes what tells others to trust a key no more: of all its compromised versions, or of one. It is the last thing that a compromised key
 * signs, and the row is in the log before it leaves.
 * @throws `NOT_FOUND`, `STATE_DENIED` when nothing of it is compromised, `INVALID_INPUT`
 */
export function revokeKey(session: Session<OpenVault>, crypto: KeyCrypto) {
  return async ({ name, version, format }: InputOf<"key.revocation">): Promise<OutputOf<"key.revocation">> => {
    const vault = session.current()
    const key = findKey(vault, name)
    const revoked = version === undefined ? compromisedVersions(key) : [endedVersion(key, version)]
    const revocation = await revocationOf(vault, crypto, key, revoked, format)
    const versions = revoked.map((each) => each.version)
    logUse(vault, key, "key.revocation", { format, versions })
    return { revocation, format, name: key.name, versions }
  }
}

async function revocationOf(
  vault: OpenVault,
  crypto: KeyCrypto,
  key: Key,
  revoked: readonly KeyVersion[],
  format: RevocationFormat,
): Promise<Uint8Array<ArrayBuffer>> {
  if (format === "openpgp") return await openpgpRevocation(vault, crypto, key, revoked)
  if (format === "x509") return certificateRevocation(vault, crypto, key, revoked)
  const halves = revoked.map((each) => publicHalf(key, each))
  return crypto.opensshRevocation(halves, format, timeOf(vault))
}

/** One that was destroyed since is revoked by its number: what it signed is still about. */
function compromisedVersions(key: Key): readonly KeyVersion[] {
  const versions = key.versions.filter(
    ({ state, pending }) => state === "compromised" || pending?.from === "compromised",
  )
  if (versions.length > 0) return versions
  throw new VaultError(
    "STATE_DENIED",
    `no version of ${key.name} is compromised: name the one that is to be revoked, if it was destroyed since`,
  )
}

/** What still works is not revoked by a slip of the pen. */
function endedVersion(key: Key, number: number): KeyVersion {
  const version = versionOf(key, number)
  if (version.state !== "pre-active" && version.state !== "active" && version.state !== "suspended") return version
  throw new VaultError("STATE_DENIED", `version ${number} of ${key.name} is ${version.state}: it is not compromised`)
}

function publicHalf({ name }: Key, { publicKey, version }: KeyVersion) {
  if (publicKey === null) throw new VaultError("INVALID_INPUT", `${name} has no public half that others trust`)
  return { publicKey, comment: `${name} version ${version}` }
}

async function openpgpRevocation(
  vault: OpenVault,
  crypto: KeyCrypto,
  key: Key,
  revoked: readonly KeyVersion[],
): Promise<Uint8Array<ArrayBuffer>> {
  const certified = revoked.flatMap(({ version, attachments }) => {
    const certificate = attachments.find(({ kind }) => kind === "openpgp")
    return certificate === undefined ? [] : [{ version, certificate: certificate.content }]
  })
  if (certified.length === 0) throw new VaultError("INVALID_INPUT", `${key.name} has no OpenPGP certificate`)
  // A rehearsal's reason is none that others are to read.
  const reason = vault.incidents.ofKey(key.id).find(({ rehearsal }) => !rehearsal)?.reason ?? "compromised"
  const parts: Uint8Array[] = []
  for (const { version, certificate } of certified) {
    using material = await vault.materials.open(placeOf(key, version), null)
    const { algorithm } = key
    const at = timeOf(vault)
    parts.push(await crypto.openpgpRevocation({ algorithm, material: material.bytes, certificate, reason, at }))
  }
  return new Uint8Array(Buffer.concat(parts))
}
