import { equalBytes } from "../crypto/constant-time.ts"
import type { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"
import { isFinal } from "./first-token.ts"
import { areCopiesEqual, headerCandidates } from "./header-copies.ts"
import { isPassphraseSlot, isRecoverySlot } from "./keyslot-kinds.ts"
import { openPassphraseSlot, openRecoverySlot, requireSaneSlots, sharedSlotKey } from "./keyslots.ts"
import { openTokenSlots, type TokenCredential } from "./token-keyslots.ts"
import type { VaultDirectory } from "./vault-directory.ts"
import { type AuthenticHeader, isAuthentic } from "./vault-header.ts"
import { vaultKeys } from "./vault-keys.ts"

/** What a person unlocks with. */
export type Credential =
  | { readonly kind: "passphrase"; readonly passphrase: Secret }
  | { readonly kind: "shares"; readonly shares: readonly Uint8Array[] }
  | TokenCredential

export interface UnlockedHeader {
  readonly header: AuthenticHeader
  /** 32 bytes; the caller's to wipe. */
  readonly masterKey: Secret
  readonly slotId: string
  /** Whether the two copies differ, so that both must be written again. */
  readonly needsRepair: boolean
}

/**
 * Opens a keyslot and with it authenticates the header. A copy that is destroyed or was changed gives way to the
 * other; nothing is ever derived with weakened or absurd KDF costs.
 * @param candidates - the copies that are tried, in their order
 * @throws `WRONG_PASSPHRASE`, `WRONG_SHARES`, `INTEGRITY_FAILED`, `VAULT_CORRUPT`, `UNSUPPORTED_VERSION`
 */
export async function unlockHeader(
  directory: VaultDirectory,
  credential: Credential,
  candidates: readonly AuthenticHeader[] = headerCandidates(directory),
): Promise<UnlockedHeader> {
  const needsRepair = !areCopiesEqual(directory)
  let wasChanged = false
  const failures: VaultError[] = []
  for (const header of saneCandidates(candidates)) {
    const opened = await openKeyslot(header, credential).catch((error: unknown) => {
      // What one copy says of the token may have been changed: then the other one knows better.
      if (credential.kind !== "token" || !(error instanceof VaultError) || isFinal(error)) throw error
      failures.push(error)
      return null
    })
    if (opened === null) continue
    if (isAuthentic(header, vaultKeys(opened.masterKey, header.vaultId).headerMac)) {
      return { header, ...opened, needsRepair }
    }
    opened.masterKey[Symbol.dispose]()
    wasChanged = true
  }
  if (wasChanged) throw new VaultError("INTEGRITY_FAILED", "vault.json was changed: its MAC does not match")
  throw failures[0] ?? wrongCredential(credential)
}

/** That it opens none of the keyslots. */
export function wrongCredential({ kind }: Credential, detail?: string): VaultError {
  return new VaultError(kind === "shares" ? "WRONG_SHARES" : "WRONG_PASSPHRASE", detail)
}

/**
 * The copies whose keyslots may be tried: an insane one gives way to the other, which still has to authenticate.
 * @throws what is wrong with the first, when no copy is sane
 */
function saneCandidates(candidates: readonly AuthenticHeader[]): AuthenticHeader[] {
  const failures: VaultError[] = []
  const sane = candidates.filter(({ keyslots }) => {
    try {
      requireSaneSlots(keyslots)
      return true
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
      failures.push(error)
      return false
    }
  })
  const [failure] = failures
  if (sane.length === 0 && failure !== undefined) throw failure
  return sane
}

/** The other copy, where it is another one and opens too; `null` where not. */
export async function unlockOtherHeader(
  directory: VaultDirectory,
  credential: Credential,
  { header, needsRepair }: UnlockedHeader,
): Promise<UnlockedHeader | null> {
  if (!needsRepair) return null
  const others = headerCandidates(directory).filter(({ mac }) => !equalBytes(mac, header.mac))
  try {
    return await unlockHeader(directory, credential, others)
  } catch (error) {
    if (error instanceof VaultError) return null
    throw error
  }
}

export interface OpenedKeyslot {
  readonly masterKey: Secret
  readonly slotId: string
}

/** A vault's header and a backup's: both have keyslots of one vault. */
type SlottedHeader = Pick<AuthenticHeader, "vaultId" | "keyslots">

/** Tries the credential on every keyslot of its kind; `null` when it opens none. @throws also as a token does */
export async function openKeyslot(header: SlottedHeader, credential: Credential): Promise<OpenedKeyslot | null> {
  if (credential.kind === "token") return await openTokenSlots(header, credential)
  return credential.kind === "passphrase"
    ? await openWithPassphrase(header, credential.passphrase)
    : await openWithShares(header, credential.shares)
}

async function openWithPassphrase(header: SlottedHeader, passphrase: Secret): Promise<OpenedKeyslot | null> {
  for (const slot of header.keyslots.filter(isPassphraseSlot)) {
    const masterKey = await openPassphraseSlot(header.vaultId, slot, passphrase)
    if (masterKey !== null) return { masterKey, slotId: slot.id }
  }
  return null
}

async function openWithShares(header: SlottedHeader, shares: readonly Uint8Array[]): Promise<OpenedKeyslot | null> {
  using slotKey = await sharedSlotKey(shares)
  for (const slot of header.keyslots.filter(isRecoverySlot)) {
    const masterKey = openRecoverySlot(header.vaultId, slot, slotKey)
    if (masterKey !== null) return { masterKey, slotId: slot.id }
  }
  return null
}
