import type { Mechanism } from "../../../preload/contract/values.ts"
import type { Json } from "../../domain/audit-entry.ts"
import type { Key } from "../../domain/key.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import { inVault } from "../../domain/key-location.ts"
import { versionOf } from "../../domain/key-state.ts"
import type { MaterialPlace, OpenVault } from "../../domain/open-vault.ts"
import type { Session } from "../../domain/session.ts"
import { isLimited, requireUseLeft } from "../../domain/use-limit.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { keyWithId } from "../key/key-named.ts"
import { policyFor } from "../policy/policy-for.ts"

/** What every use of a key is made of. */
export interface UseParts {
  readonly session: Session<OpenVault>
  readonly crypto: KeyCrypto
}

/** Writes a use into the log; what it computed may leave only after this. */
export function logUse(vault: OpenVault, key: Key, action: string, detail: { readonly [member: string]: Json }): void {
  vault.journal.record(() => {
    requireUnchanged(vault, key, detail["version"])
    return { entry: { action, target: key.name, usedKeyId: key.id, detail }, result: undefined }
  })
}

/**
 * A use takes its time in a token, and a compromise waits for nobody: what was made meanwhile does not leave.
 * @param key - as it was when its use began
 * @throws `STATE_DENIED`
 */
function requireUnchanged(vault: OpenVault, key: Key, version: Json | undefined): void {
  const now = keyWithId(vault, key.id)
  const statesOf = ({ state, versions }: Key): string =>
    [state, ...versions.filter((each) => each.version === version).map((each) => each.state)].join()
  if (statesOf(now) !== statesOf(key))
    throw new VaultError("STATE_DENIED", `${now.name} is ${now.state}: it changed while it was being used`)
}

/** Why a compromised version was used, as its row has it. */
export function excuse(reason: string | undefined): { readonly reason?: string } {
  return reason === undefined ? {} : { reason }
}

interface Seal {
  readonly version: number
  readonly mechanism: Mechanism
}

interface Sealing {
  /** How often it encrypted. */
  readonly count?: number
  /** What else changes in the same transaction. @returns what the row says of it */
  readonly alongside?: () => { readonly [member: string]: Json }
}

/**
 * Writes into the log that a version encrypted something, with its number where there may only be so many: what was made
 * leaves only after this, and beyond the limit not at all.
 * @throws `POLICY_DENIED`
 */
export function logSeal(
  vault: OpenVault,
  key: Key,
  action: string,
  seal: Seal,
  detail: { readonly [member: string]: Json },
  { count = 1, alongside = () => ({}) }: Sealing = {},
): void {
  vault.journal.record(() => {
    requireUnchanged(vault, key, seal.version)
    const seals = requireSealLeft(vault, key, seal, count)
    const counted = { ...detail, ...alongside(), version: seal.version, ...(seals === null ? {} : { seals }) }
    return { entry: { action, target: key.name, usedKeyId: key.id, detail: counted }, result: undefined }
  })
}

/** @returns the number that the last one would have; `null` where nobody counts @throws `POLICY_DENIED` */
export function requireSealLeft(vault: OpenVault, key: Key, { version, mechanism }: Seal, count = 1): number | null {
  if (!isLimited(mechanism)) return null
  const seals = vault.seals.count(key.id, version) + count
  requireUseLeft(policyFor(vault, key), key, seals)
  return seals
}

/** Where the material of a version is in the vault. @throws `POLICY_DENIED` when a token keeps it: nobody can take it out */
export function placeOf(key: Key, version: number): MaterialPlace {
  const { id, algorithm, keyringId } = key
  if (versionOf(key, version).location !== inVault) {
    throw new VaultError(
      "POLICY_DENIED",
      `location: version ${version} of ${key.name} is in a token, which does not do this`,
    )
  }
  return { keyId: id, version, algorithm, keyringId }
}
