import { deriveKey } from "../crypto/derive.ts"
import { aadFor } from "../crypto/seal.ts"
import { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"
import { callInThread } from "./call-in-thread.ts"
import { isRecoverySlot } from "./keyslot-kinds.ts"
import { openSealedFields } from "./keyslots.ts"
import { isSmall } from "./long-calls.ts"
import { type DatabaseRekey, moveDatabase } from "./rekey-database.ts"
import { moveAnchor } from "./rollback-anchor.ts"
import type { Surroundings } from "./surroundings.ts"
import { openVaultDatabase } from "./vault-database.ts"
import type { VaultDirectory } from "./vault-directory.ts"
import { type AuthenticHeader, encodeHeader, parseHeader, type VaultHeader, writeHeader } from "./vault-header.ts"
import { databaseKey, vaultKeys } from "./vault-keys.ts"

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
  const { configDirectory, actor, now } = surroundings
  const wanted = { vaultId, rekeyId: pendingRekey.id, finalHeaderMac: final.mac, actor, now: now() }
  const instanceId = await moveToNewKey(directory.database, oldMasterKey, masterKey, wanted)
  moveAnchor({ configDirectory, vaultId, instanceId, path: directory.path }, keys.old.anchorMac, keys.next.anchorMac)
  writeHeader(directory, header, keys.next.headerMac)
  return final
}

function withoutRecovery(header: VaultHeader): VaultHeader {
  return { ...header, keyslots: header.keyslots.filter((slot) => !isRecoverySlot(slot)) }
}

type WantedRekey = Omit<DatabaseRekey, "oldMasterKey" | "masterKey" | "arePagesMoved">

/** @returns which instance of the vault the database is */
async function moveToNewKey(
  database: string,
  oldMasterKey: Secret,
  masterKey: Secret,
  wanted: WantedRekey,
): Promise<string> {
  using newKey = databaseKey(masterKey, wanted.vaultId)
  using oldKey = databaseKey(oldMasterKey, wanted.vaultId)
  const moved = openVaultDatabase(database, newKey)
  const db = moved ?? openVaultDatabase(database, oldKey)
  if (db === null)
    throw new VaultError("VAULT_CORRUPT", "inventory.db opens neither with the old key nor with the new one")
  // Copies, for whoever carries it out to wipe: here, or in a thread, to which they are moved.
  const rekey = (): DatabaseRekey => ({
    ...wanted,
    oldMasterKey: Secret.copyOf(oldMasterKey.bytes).bytes,
    masterKey: Secret.copyOf(masterKey.bytes).bytes,
    arePagesMoved: moved !== null,
  })
  try {
    if (isSmall(db)) return await moveDatabase(db, rekey())
  } finally {
    db.close()
  }
  const input = rekey()
  const secrets = [input.oldMasterKey, input.masterKey]
  return await callInThread(database, moved === null ? oldKey : newKey, "rekey", input, { secrets })
}
