import type { InputOf } from "../../../preload/contract/index.ts"
import type { SignedCertificate } from "../../../preload/contract/key-destruction.ts"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { TokenUseParts } from "../key-use/token-use.ts"
import { destroyInTokens } from "./destroy-in-tokens.ts"
import { destructionCertificate } from "./destruction-certificate.ts"
import { doomedVersions, livingVersions } from "./doomed-versions.ts"
import { eraseVersions, requireNoBackupUnderWay } from "./erase-versions.ts"
import { findKey } from "./find-key.ts"
import { timeOf } from "./key-object.ts"
import { requireNotNeeded } from "./needed-keys.ts"

type Parts = Pick<TokenUseParts, "session" | "tokens" | "crypto">

/**
 * Destroys a key or one old version: its material is gone from the file when this returns, the row stays as a
 * tombstone. The certificate names the backups that still hold it.
 * @throws `CONFIRMATION_REQUIRED`, `NOT_FOUND`, `STATE_DENIED` also while a backup is being made, `POLICY_DENIED` while
 * something needs it, `APPROVAL_REQUIRED` where that is overridden
 */
export function destroyKey({ session, tokens, crypto }: Parts) {
  return async ({
    name,
    version,
    reason,
    confirmed,
    override,
    pin,
  }: InputOf<"key.destroy">): Promise<SignedCertificate> => {
    using secretPin = pin === undefined ? null : new Secret(pin)
    const vault = session.current()
    const key = findKey(vault, name)
    const versions = doomedVersions(key, version, "destroyed")
    const isWhole = version === undefined
    requireNotNeeded(vault, crypto, { key, versions, isWhole }, override)
    requireConfirmed(confirmed, `${key.name}: destroying can't be undone`)
    requireNoBackupUnderWay(vault)
    const method = await destroyInTokens({ session, tokens }, versions, secretPin)
    const at = timeOf(vault)
    const detail = { reason, versions: versions.map((each) => each.version), method }
    const change = { name: key.name, action: "key.destroy", detail }
    const destroyed = eraseVersions(vault, change, { versions, isWhole, at })
    return certificateOf(vault, destroyed, detail)
  }
}

/** Destroys the versions below a number. @throws `CONFIRMATION_REQUIRED`, `INVALID_INPUT`, `NOT_FOUND`; `POLICY_DENIED` while data keys or a rotation need one */
export function trimKey({ session, tokens, crypto }: Parts) {
  return async ({ name, below, reason, confirmed, pin }: InputOf<"key.trim">): Promise<KeyObject> => {
    using secretPin = pin === undefined ? null : new Secret(pin)
    const vault = session.current()
    const key = findKey(vault, name)
    if (below > key.currentVersion) {
      throw new VaultError(
        "INVALID_INPUT",
        `below: version ${key.currentVersion} of ${key.name} does its work and stays`,
      )
    }
    requireConfirmed(confirmed, `${key.name}: what only versions below ${below} can open will be lost`)
    const versions = livingVersions(key).filter(({ version }) => version < below)
    requireNotNeeded(vault, crypto, { key, versions, isWhole: false })
    requireNoBackupUnderWay(vault)
    const method = await destroyInTokens({ session, tokens }, versions, secretPin)
    const numbers = versions.map(({ version }) => version)
    const detail = { below, versions: numbers, method, ...(reason === undefined ? {} : { reason }) }
    const change = { name: key.name, action: "key.trim", detail }
    return eraseVersions(vault, change, { versions, isWhole: false, at: timeOf(vault) })
  }
}

function requireConfirmed(isConfirmed: boolean, what: string): void {
  if (!isConfirmed) throw new VaultError("CONFIRMATION_REQUIRED", what)
}

function certificateOf(
  vault: OpenVault,
  { name }: KeyObject,
  what: { readonly versions: readonly number[]; readonly reason: string; readonly method: string },
): SignedCertificate {
  return destructionCertificate(vault, findKey(vault, name), { ...what, row: vault.journal.head() })
}
