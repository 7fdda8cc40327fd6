import { join, resolve } from "node:path"
import type { BackupDrill, BackupRecord } from "../domain/backup-register.ts"
import { type LongWork, partOf } from "../domain/long-work.ts"
import { timestamp } from "../domain/timestamp.ts"
import { VaultError } from "../domain/vault-error.ts"
import { backupIdIn, stateOfBackupFile } from "./backup-file.ts"
import { inDrillFolder } from "./drill-folder.ts"
import { openStoredVault } from "./open-stored-vault.ts"
import { restoreVault } from "./restore-vault.ts"
import type { StoredVault } from "./stored-vault.ts"
import type { Surroundings } from "./surroundings.ts"
import type { Credential } from "./unlock-header.ts"
import { verifyVault } from "./verify-vault.ts"

/** A backup by its id, at the place where it was written or found last; or a file, wherever it is now. */
export type DrilledBackup = { readonly backup: string } | { readonly file: string }

export interface DrilledRecord extends BackupRecord, BackupDrill {}

/**
 * Restores a backup as one would after a loss, in a temporary place: opens what comes of it, verifies all of it, and compares
 * it with what was recorded when the backup was made. How that ends is recorded and logged; nothing of the copy stays.
 * @throws `NOT_FOUND` without the file, or when this vault made no such backup; `WRONG_PASSPHRASE`, `WRONG_SHARES`;
 * `VAULT_LOCKED` when the vault is closed meanwhile; `CANCELLED`
 */
export async function drillBackup(
  vault: StoredVault,
  which: DrilledBackup,
  credential: Credential,
  surroundings: Surroundings,
  work: LongWork,
): Promise<DrilledRecord> {
  const { record, file } = "file" in which ? atFile(vault, resolve(which.file)) : atItsPlace(vault, which.backup)
  if (stateOfBackupFile(file, record.id) === "replaced")
    throw new VaultError("NOT_FOUND", `${file} is another backup by now`)
  const problem = await inDrillFolder(vault, (folder) =>
    problemOf(vault, async () => {
      const elsewhere = { ...surroundings, configDirectory: join(folder, "config") }
      return await tryOut(vault, { record, file, to: join(folder, "drill.claviger"), work }, credential, elsewhere)
    }),
  )
  return recordDrill(vault, record, file, problem)
}

function atItsPlace(vault: StoredVault, id: string): { record: BackupRecord; file: string } {
  const record = vault.backups.find(id)
  if (record === null) throw new VaultError("NOT_FOUND", "this vault knows no such backup")
  return { record, file: record.path }
}

/** A file that is damaged at its very beginning does not tell which backup it is; where it lies does. */
function atFile(vault: StoredVault, file: string): { record: BackupRecord; file: string } {
  const byId = vault.backups.find(backupIdIn(file) ?? "")
  const record = byId ?? vault.backups.list().findLast(({ path }) => path === file)
  if (record === undefined) throw new VaultError("NOT_FOUND", `${file} is no backup that this vault knows of`)
  return { record, file }
}

/** What is wrong with the backup itself; anything else that fails says nothing about it. */
async function problemOf(vault: StoredVault, work: () => Promise<string | null>): Promise<string | null> {
  try {
    return await work()
  } catch (error) {
    // Whatever was under way failed because the copy was closed.
    if (vault.isClosed) throw new VaultError("VAULT_LOCKED")
    const isOfBackup =
      error instanceof VaultError && ["VAULT_CORRUPT", "INTEGRITY_FAILED", "UNSUPPORTED_VERSION"].includes(error.code)
    if (!isOfBackup) throw error
    return error.detail ?? error.code
  }
}

interface Drill {
  readonly record: BackupRecord
  readonly file: string
  readonly to: string
  readonly work: LongWork
}

async function tryOut(
  vault: StoredVault,
  { record, file, to, work }: Drill,
  credential: Credential,
  elsewhere: Surroundings,
): Promise<string | null> {
  const whileOpen = { ...work, signal: AbortSignal.any([work.signal, vault.closing]) }
  const restored = await restoreVault(file, to, credential, elsewhere, partOf(whileOpen, 0, 2))
  const isAsRecorded =
    restored.keys === record.keys &&
    restored.versions === record.versions &&
    vault.backups.endsAt(record.id, restored.auditHead)
  if (!isAsRecorded) return "the backup does not hold what was recorded when it was made"
  const { vault: copy } = await openStoredVault(to, credential, elsewhere, false)
  // The copy has the same master key: where that is locked away, so is the copy.
  const close = (): void => copy.close()
  vault.closing.addEventListener("abort", close)
  try {
    if (vault.isClosed) throw new VaultError("VAULT_LOCKED")
    const { problems } = await verifyVault(copy, partOf(whileOpen, 1, 2))
    const problem = problems.find(({ severity }) => severity === "error")
    return problem === undefined ? null : `${problem.rule}: ${problem.message}`
  } finally {
    vault.closing.removeEventListener("abort", close)
    copy.close()
    await copy.released()
  }
}

function recordDrill(vault: StoredVault, record: BackupRecord, file: string, problem: string | null): DrilledRecord {
  const { id } = record
  const isFoundElsewhere = problem === null && file !== record.path && stateOfBackupFile(record.path, id) !== "there"
  return vault.journal.record(() => {
    const at = timestamp(vault.now())
    vault.backups.noteDrill(id, { at, problem })
    // Whatever somebody said: it is there, and holds what it held.
    if (record.destruction !== null) vault.backups.noteDestruction(id, null)
    if (isFoundElsewhere) vault.backups.move(id, file)
    const isFoundAgain = record.destruction !== null
    const detail = { backupId: id, at, problem, isFoundElsewhere, ...(isFoundAgain ? { isFoundAgain } : {}) }
    return {
      entry: { action: "vault.drill", target: file, outcome: problem === null ? "done" : "failed", detail },
      result: { ...record, path: isFoundElsewhere ? file : record.path, at, problem },
    }
  })
}
