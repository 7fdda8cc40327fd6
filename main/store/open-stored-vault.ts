import type { ClockReading } from "../domain/believed-clock.ts"
import type { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"
import { finishRekey } from "./finish-rekey.ts"
import { readableHeader } from "./header-copies.ts"
import { resumeKeyringRotations } from "./keyring-rotation.ts"
import { removeLeftovers } from "./leftovers.ts"
import { logMigrations, migrateVault } from "./migrate-vault.ts"
import { missingSteps } from "./migration.ts"
import { migrations } from "./migrations/index.ts"
import { checkOpening } from "./opening-checks.ts"
import { RollbackAnchor } from "./rollback-anchor.ts"
import { requireNoRollback } from "./rollback-check.ts"
import { StoredVault } from "./stored-vault.ts"
import type { Surroundings } from "./surroundings.ts"
import { removeUnfinishedFiles } from "./unfinished-file.ts"
import { UnlockAttempts } from "./unlock-attempts.ts"
import { type Credential, type UnlockedHeader, unlockHeader } from "./unlock-header.ts"
import { openVaultDatabase } from "./vault-database.ts"
import { existingVaultDirectory, type VaultDirectory } from "./vault-directory.ts"
import { writeHeader } from "./vault-header.ts"
import { databaseKey, vaultKeys } from "./vault-keys.ts"
import { VaultLock } from "./vault-lock.ts"

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
    const attempts = new UnlockAttempts(surroundings.configDirectory, readableHeader(directory).vaultId)
    const unlocked = await attempts.patiently(() => unlockHeader(directory, credential))
    using masterKey = unlocked.masterKey
    const finished = await finishRekey(directory, unlocked.header, masterKey, surroundings)
    const settled = { ...unlocked, header: finished ?? unlocked.header }
    const { vault, notes } = await openDatabase(directory, lock, settled, masterKey, surroundings, acceptRollback)
    return await settle(vault, settled.slotId, attempts, [...notes, ...(finished === null ? [] : ["vault.rekey"])])
  } catch (error) {
    lock[Symbol.dispose]()
    throw error
  }
}

async function openDatabase(
  directory: VaultDirectory,
  lock: VaultLock,
  { header: { mac, ...header }, needsRepair }: UnlockedHeader,
  masterKey: Secret,
  surroundings: Surroundings,
  acceptRollback: boolean,
): Promise<{ readonly vault: StoredVault; readonly notes: readonly string[] }> {
  const { configDirectory, actor, now, keep } = surroundings
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
    const notes = requireNoRollback(db, anchor, mac, acceptRollback)
    await migrateVault({ directory, db, header, masterKey: keeper, now }, migrations)
    if (needsRepair) writeHeader(directory, header, keys.headerMac)
    const vault = new StoredVault({ directory, lock, db, header, masterKey: keeper, keys, anchor, actor, now })
    return { vault, notes: needsRepair ? [...notes, "header-repaired"] : notes }
  } catch (error) {
    keeper[Symbol.dispose]()
    db.close()
    throw error
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
    removeUnfinishedFiles(vault.db)
    const resumed = [
      ...notes.filter((note) => note === "vault.rekey"),
      ...logMigrations(vault),
      ...(await resumeKeyringRotations(vault)),
    ]
    return { vault, slotId, failedAttempts, resumed, clock }
  } catch (error) {
    vault.close()
    throw error
  }
}
