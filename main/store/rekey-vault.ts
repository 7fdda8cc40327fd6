import { randomSecret } from "../crypto/random.ts"
import { seal } from "../crypto/seal.ts"
import { newId } from "../crypto/uuid-v7.ts"
import type { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"
import { walkChain } from "./chain-walk.ts"
import { finishRekey, rekeyBox } from "./finish-rekey.ts"
import { isPassphraseSlot, isRecoverySlot, isTokenSlot } from "./keyslot-kinds.ts"
import { openPassphraseSlot, passphraseSlot, recoverySlot, sealedFields } from "./keyslots.ts"
import type { StoredVault } from "./stored-vault.ts"
import type { Surroundings } from "./surroundings.ts"
import { renewedTokenSlot } from "./token-keyslots.ts"
import {
  encodeHeader,
  type Keyslot,
  type PassphraseSlot,
  parseHeader,
  type VaultHeader,
  writeHeader,
} from "./vault-header.ts"
import { vaultKeys } from "./vault-keys.ts"
import { VaultLock } from "./vault-lock.ts"

/** A header under a new master key, ready to be written; nothing has changed yet. */
export interface PreparedRekey {
  readonly header: VaultHeader
  /** The new master key; the caller's to wipe. */
  readonly masterKey: Secret
  /** Keyslots that can't come along: nobody gave what opens them. */
  readonly removed: readonly Keyslot[]
  readonly shares: readonly Secret[] | null
}

/**
 * Makes a new master key and keyslots for it: one for each passphrase given, new shares for each recovery slot, and one for each token alone, which
 * need not be there: its public key is enough.
 * @throws `WRONG_PASSPHRASE` when one of the passphrases opens no keyslot; `INTEGRITY_FAILED` when the log is not whole
 */
export async function prepareRekey(vault: StoredVault, passphrases: readonly Secret[]): Promise<PreparedRekey> {
  const { flaw } = await walkChain(vault.db, vault.derivedKeys.auditMac, vault.journal.head())
  if (flaw !== null) throw new VaultError("INTEGRITY_FAILED", `audit row ${flaw.seq} ${flaw.reason}`)
  const masterKey = randomSecret(32)
  try {
    const kept = await renewedPassphraseSlots(vault, masterKey, passphrases)
    const recovery = vault.header.keyslots.find(isRecoverySlot)
    const recovering =
      recovery === undefined ? null : await recoverySlot(vault.vaultId, masterKey, recovery.scheme, recovery.label)
    const tokens = vault.header.keyslots.filter(isTokenSlot).filter(({ kind }) => kind === "token")
    const tokenSlots = await Promise.all(tokens.map((slot) => renewedTokenSlot(vault.vaultId, masterKey, slot)))
    const keyslots = [...kept.slots, ...tokenSlots, ...(recovering === null ? [] : [recovering.slot])]
    const renewed = new Set([...kept.renewedIds, ...tokens.map(({ id }) => id)])
    const removed = vault.header.keyslots.filter((slot) => !renewed.has(slot.id) && slot !== recovery)
    const header = { ...vault.header, keyslots, pendingRekey: pendingRekey(vault, masterKey) }
    return { header, masterKey, removed, shares: recovering?.shares ?? null }
  } catch (error) {
    masterKey[Symbol.dispose]()
    throw error
  }
}

async function renewedPassphraseSlots(
  vault: StoredVault,
  masterKey: Secret,
  passphrases: readonly Secret[],
): Promise<{ slots: Keyslot[]; renewedIds: Set<string> }> {
  const slots: Keyslot[] = []
  const renewedIds = new Set<string>()
  for (const passphrase of passphrases) {
    const old = await slotOf(vault, passphrase, renewedIds)
    const { memoryKiB, passes, lanes, lowMemory } = old.kdf
    const kdf = { memoryKiB, passes, lanes, ...(lowMemory === undefined ? {} : { lowMemory }) }
    slots.push(await passphraseSlot(vault.vaultId, masterKey, passphrase, { kdf, label: old.label }))
    renewedIds.add(old.id)
  }
  return { slots, renewedIds }
}

async function slotOf(vault: StoredVault, passphrase: Secret, taken: ReadonlySet<string>): Promise<PassphraseSlot> {
  for (const slot of vault.header.keyslots.filter(isPassphraseSlot).filter(({ id }) => !taken.has(id))) {
    using masterKey = await openPassphraseSlot(vault.vaultId, slot, passphrase)
    if (masterKey !== null) return slot
  }
  throw new VaultError("WRONG_PASSPHRASE")
}

/** The old master key sealed under the new one: with it whoever opens a new keyslot can finish what was begun. */
function pendingRekey(vault: StoredVault, masterKey: Secret): NonNullable<VaultHeader["pendingRekey"]> {
  const id = newId(vault.now())
  const { key, aad } = rekeyBox(masterKey, vault.vaultId, id)
  using boxKey = key
  using oldMasterKey = vault.masterKey.open()
  return { id, wrap: sealedFields(seal(boxKey.bytes, oldMasterKey.bytes, aad)) }
}

/**
 * Writes the new header and carries the rekey out, on a vault that was closed for it. From
 * the header's first copy on, a crash is finished by the next opening with a new keyslot.
 */
export async function carryOutRekey(
  vault: StoredVault,
  { header, masterKey }: PreparedRekey,
  surroundings: Omit<Surroundings, "keep">,
): Promise<void> {
  const { headerMac } = vaultKeys(masterKey, vault.vaultId)
  using _ = VaultLock.take(vault.directory.lock)
  writeHeader(vault.directory, header, headerMac)
  await finishRekey(vault.directory, parseHeader(encodeHeader(header, headerMac)), masterKey, surroundings, false)
}
