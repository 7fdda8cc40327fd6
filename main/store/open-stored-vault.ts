import type { KeyObject } from "node:crypto"
import type { ClockReading } from "../domain/believed-clock.ts"
import type { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"
import { removeDrillFolders } from "./drill-folder.ts"
import { finishRekey } from "./finish-rekey.ts"
import { headerCandidates, readableHeader } from "./header-copies.ts"
import { judgeHeader } from "./header-history.ts"
import { resumeKeyringRotations } from "./keyring-rotation.ts"
import { removeLeftovers } from "./leftovers.ts"
import { logMigrations, migrateVault } from "./migrate-vault.ts"
import { missingSteps } from "./migration.ts"
import { migrations } from "./migrations/index.ts"
import { checkOpening } from "./opening-checks.ts"
import { RollbackAnchor } from "./rollback-anchor.ts"
import { requireNoRollback } from "./rollback-check.ts"
import { StoredVault } from "./stored-vault.ts"
import { noTokens, type Surroundings } from "./surroundings.ts"
import { removeUnfinishedFiles } from "./unfinished-file.ts"
import { UnlockAttempts } from "./unlock-attempts.ts"
import { type Credential, type UnlockedHeader, unlockHeader, unlockOtherHeader } from "./unlock-header.ts"
import { openVaultDatabase, type VaultDb } from "./vault-database.ts"
import { closeToOthers, existingVaultDirectory, type VaultDirectory } from "./vault-directory.ts"
import { isAuthentic, writeHeader } from "./vault-header.ts"
import { databaseKey, vaultKeys } from "./vault-keys.ts"
import { VaultLock } from "./vault-lock.ts"

/** Of what is noted in the log, what whoever opens the vault should hear of. */
const told = ["header-repaired", "vault.rekey", "vault.slot.remove"]

export interface OpenedVault {
  readonly vault: StoredVault
  readonly slotId: string
  /** Wrong tries since the last good one. */
  readonly failedAttempts: number
  /** Operations that a crash had interrupted and that are finished now. */
  readonly resumed: readonly string[]
  readonly clock: ClockReading
}

/**
 * Unlocks a vault: lock, keyslot, header MAC, database, checks, anchor; finishes what a crash interrupted and logs
 * the opening.
 * @throws `NOT_FOUND`, `VAULT_BUSY`, `WRONG_PASSPHRASE`, `WRONG_SHARES`, `INTEGRITY_FAILED`, `VAULT_CORRUPT`,
 * `UNSUPPORTED_VERSION`, `ROLLBACK_DETECTED`
 */
export async function openStoredVault(
  path: string,
  credential: Credential,
  surroundings: Surroundings,
  acceptRollback: boolean,
): Promise<OpenedVault> {
  const directory = existingVaultDirectory(path)
  const lock = await VaultLock.takeWithin(directory.lock, surroundings.patience ?? 0)
  try {
    removeLeftovers(directory)
    closeToOthers(directory)
    const { configDirectory, now } = surroundings
    const attempts = new UnlockAttempts(configDirectory, readableHeader(directory).vaultId, now)
    const unlocked = await attempts.patiently(() => unlockHeader(directory, credential))
    const open = (header: UnlockedHeader) => openUnlocked(directory, lock, header, surroundings, acceptRollback)
    const opened = await open(unlocked).catch(async (error: unknown) => {
      // Of two copies from different times, the database knows the right one.
      const other = isOfAnotherTime(error) ? await unlockOtherHeader(directory, credential, unlocked) : null
      if (other === null) throw error
      return await open(other)
    })
    return await settle(opened.vault, opened.slotId, attempts, opened.notes)
  } catch (error) {
    lock[Symbol.dispose]()
    throw error
  }
}

function isOfAnotherTime(error: unknown): boolean {
  return error instanceof VaultError && ["VAULT_CORRUPT", "ROLLBACK_DETECTED"].includes(error.code)
}

interface Unlocked {
  readonly vault: StoredVault
  readonly slotId: string
  readonly notes: readonly string[]
}

async function openUnlocked(
  directory: VaultDirectory,
  lock: VaultLock,
  unlocked: UnlockedHeader,
  surroundings: Surroundings,
  acceptRollback: boolean,
): Promise<Unlocked> {
  using masterKey = unlocked.masterKey
  const { slotId } = unlocked
  const finished = await finishRekey(directory, unlocked.header, masterKey, surroundings)
  const header = finished ?? unlocked.header
  const { vault, notes } = await openDatabase(
    directory,
    lock,
    { ...unlocked, header },
    masterKey,
    surroundings,
    acceptRollback,
  )
  if (finished === null) return { vault, slotId, notes }
  const hasLostSlots = finished.keyslots.length < unlocked.header.keyslots.length
  return { vault, slotId, notes: [...notes, "vault.rekey", ...(hasLostSlots ? ["vault.slot.remove"] : [])] }
}

async function openDatabase(
  directory: VaultDirectory,
  lock: VaultLock,
  { header: { mac, ...header }, needsRepair }: UnlockedHeader,
  masterKey: Secret,
  surroundings: Surroundings,
  acceptRollback: boolean,
): Promise<{ readonly vault: StoredVault; readonly notes: readonly string[] }> {
  const { configDirectory, actor, now, keep, tokens = noTokens } = surroundings
  using pageKey = databaseKey(masterKey, header.vaultId)
  const db = openVaultDatabase(directory.database, pageKey)
  if (db === null) throw new VaultError("VAULT_CORRUPT", "inventory.db does not open with this vault's key")
  const keeper = keep(masterKey)
  try {
    // Before anything else is read in it, and nothing is changed before the vault is known to be the newest.
    missingSteps(db, migrations)
    const keys = vaultKeys(masterKey, header.vaultId)
    const { instanceId } = checkOpening(db, keys.auditMac)
    const place = { configDirectory, vaultId: header.vaultId, instanceId, path: directory.path }
    const anchor = new RollbackAnchor(place, keys.anchorMac)
    requireNewestCopy(db, directory, mac, keys.headerMac)
    const notes = requireNoRollback(db, anchor, mac, acceptRollback)
    await migrateVault({ directory, db, header, masterKey: keeper, now }, migrations)
    if (needsRepair) writeHeader(directory, header, keys.headerMac)
    const vault = new StoredVault({ directory, lock, db, header, masterKey: keeper, keys, anchor, actor, now, tokens })
    return { vault, notes: needsRepair ? [...notes, "header-repaired"] : notes }
  } catch (error) {
    keeper[Symbol.dispose]()
    db.close()
    throw error
  }
}

/** An older header is accepted where it is all there is, and not beside the one that took its place. */
function requireNewestCopy(db: VaultDb, directory: VaultDirectory, mac: Uint8Array, headerMac: KeyObject): void {
  if (judgeHeader(db, mac) !== "older") return
  const isNewestThere = headerCandidates(directory).some(
    (header) => judgeHeader(db, header.mac) === "current" && isAuthentic(header, headerMac),
  )
  if (isNewestThere) {
    throw new VaultError("ROLLBACK_DETECTED", "one copy of its header is older than the other, which does not open so")
  }
}

async function settle(
  vault: StoredVault,
  slotId: string,
  attempts: UnlockAttempts,
  notes: readonly string[],
): Promise<OpenedVault> {
  try {
    const failedAttempts = attempts.failed()
    const clock = vault.journal.clock()
    vault.journal.record(() => ({
      entry: { action: "vault.unlock", target: null, detail: { slotId, failedAttempts, notes } },
      result: undefined,
    }))
    if (failedAttempts > 0) attempts.clear()
    await removeUnfinishedFiles(vault)
    removeDrillFolders(vault)
    const resumed = [
      ...notes.filter((note) => told.includes(note)),
      ...logMigrations(vault),
      ...(await resumeKeyringRotations(vault)),
    ]
    return { vault, slotId, failedAttempts, resumed, clock }
  } catch (error) {
    vault.close()
    throw error
  }
}
