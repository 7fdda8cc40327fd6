import { deriveKey } from "../crypto/derive.ts"
import { aadFor } from "../crypto/seal.ts"
import type { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"
import { isRecoverySlot } from "./keyslot-kinds.ts"
import { openSealedFields } from "./keyslots.ts"
import { rewrapContent } from "./rewrap-content.ts"
import { moveAnchor } from "./rollback-anchor.ts"
import type { Surroundings } from "./surroundings.ts"
import { openVaultDatabase, rekeyDatabase, type VaultDb } from "./vault-database.ts"
import type { VaultDirectory } from "./vault-directory.ts"
import { type AuthenticHeader, encodeHeader, parseHeader, type VaultHeader, writeHeader } from "./vault-header.ts"
import { databaseKey, vaultKeys } from "./vault-keys.ts"
import { readVaultState } from "./vault-state.ts"

/** The key that seals the old master key under the new one while a rekey runs, and the place it is bound to. */
export function rekeyBox(masterKey: Secret, vaultId: string, id: string): { key: Secret; aad: Uint8Array } {
  return { key: deriveKey(masterKey, vaultId, "rekey"), aad: aadFor("rekey", { vaultId, id }) }
}

/**
 * Brings a rekey to its end from wherever it stopped: what the master key protects, the pages, the anchor, the header.
 * Each step is atomic and is skipped when it is done, so a crash costs nothing but time.
 * @param masterKey - the new one
 * @param isResumed - after a crash: the new recovery shares were never shown, so their keyslot falls away
 * @returns the final header, or `null` when no rekey was pending
 * @throws `VAULT_CORRUPT`, `INTEGRITY_FAILED`
 */
export async function finishRekey(
  directory: VaultDirectory,
  { mac: _, pendingRekey, ...pendingHeader }: AuthenticHeader,
  masterKey: Secret,
  surroundings: Omit<Surroundings, "keep">,
  isResumed = true,
): Promise<AuthenticHeader | null> {
  if (pendingRekey === undefined) return null
  const header = isResumed ? withoutRecovery(pendingHeader) : pendingHeader
  const { vaultId } = header
  const box = rekeyBox(masterKey, vaultId, pendingRekey.id)
  using boxKey = box.key
  using oldMasterKey = openSealedFields(boxKey, pendingRekey.wrap, box.aad)
  if (oldMasterKey === null) throw new VaultError("INTEGRITY_FAILED", "vault.json: pendingRekey does not open")
  const keys = { old: vaultKeys(oldMasterKey, vaultId), next: vaultKeys(masterKey, vaultId) }
  const final = parseHeader(encodeHeader(header, keys.next.headerMac))
  const { configDirectory } = surroundings
  const instanceId = await rekeyPages(directory, oldMasterKey, masterKey, vaultId, (db) =>
    rewrapContent(db, keys, { vaultId, rekeyId: pendingRekey.id, finalHeaderMac: final.mac, ...surroundings }),
  )
  moveAnchor({ configDirectory, vaultId, instanceId, path: directory.path }, keys.old.anchorMac, keys.next.anchorMac)
  writeHeader(directory, header, keys.next.headerMac)
  return final
}

function withoutRecovery(header: VaultHeader): VaultHeader {
  return { ...header, keyslots: header.keyslots.filter((slot) => !isRecoverySlot(slot)) }
}

/** @returns which instance of the vault the database is */
async function rekeyPages(
  directory: VaultDirectory,
  oldMasterKey: Secret,
  masterKey: Secret,
  vaultId: string,
  rewrap: (db: VaultDb) => Promise<void>,
): Promise<string> {
  using newKey = databaseKey(masterKey, vaultId)
  using oldKey = databaseKey(oldMasterKey, vaultId)
  const rekeyed = openVaultDatabase(directory.database, newKey)
  const db = rekeyed ?? openVaultDatabase(directory.database, oldKey)
  if (db === null)
    throw new VaultError("VAULT_CORRUPT", "inventory.db opens neither with the old key nor with the new one")
  try {
    await rewrap(db)
    if (rekeyed === null) rekeyDatabase(db, newKey)
    db.pragma("wal_checkpoint(TRUNCATE)")
    return readVaultState(db).instanceId
  } finally {
    db.close()
  }
}
