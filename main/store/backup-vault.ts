import { chmodSync, closeSync, existsSync, lstatSync, openSync, readSync, renameSync, statSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { newId } from "../crypto/uuid-v7.ts"
import type { BackupRecord } from "../domain/open-vault.ts"
import { VaultError } from "../domain/vault-error.ts"
import { type BackupHeader, BackupReader, writeBackupFile } from "./backup-file.ts"
import { type BackupManifest, encodeManifest } from "./backup-manifest.ts"
import { extractBackup, inspectSnapshot } from "./backup-snapshot.ts"
import { removeDatabase, snapshotOf } from "./leftovers.ts"
import { cleanUp, removeFile } from "./remove-file.ts"
import { syncDirectory } from "./replace-file.ts"
import type { StoredVault } from "./stored-vault.ts"
import { requireOutside } from "./vault-directory.ts"
import { readVaultState } from "./vault-state.ts"

export type MadeBackup = BackupRecord & { readonly auditHash: Uint8Array }

/**
 * Writes the vault into one file and proves it: the file is read back, decrypted and opened, and what it holds is
 * compared with the vault, before anything is called done. The file appears under its name only then.
 * @param out - a file, or a folder in which the file gets its usual name
 * @throws `ALREADY_EXISTS`, `INTEGRITY_FAILED`
 */
export async function backupVault(vault: StoredVault, out: string, force: boolean): Promise<MadeBackup> {
  const path = targetPath(vault, out)
  if (!force && isThere(path)) throw new VaultError("ALREADY_EXISTS", path)
  requireOutside(vault.directory, path)
  const partial = `${path}.partial`
  const snapshot = snapshotOf(vault.directory)
  const proof = `${partial}.db`
  try {
    // What a killed program may have left there would stand in the way.
    removeDatabase(snapshot)
    removeDatabase(proof)
    const manifest = takeSnapshot(vault, snapshot)
    const header = newHeader(vault)
    await writePartial(vault, partial, snapshot, header, manifest)
    removeDatabase(snapshot)
    await proveBackup(vault, partial, manifest)
    // In this order: no backup is ever there that the vault does not know of when it destroys a key.
    const made = recordBackup(vault, header, path, manifest)
    renameSync(partial, path)
    syncDirectory(dirname(path))
    return made
  } finally {
    cleanUp(() => removeDatabase(snapshot))
    cleanUp(() => removeFile(partial))
    cleanUp(() => removeDatabase(proof))
  }
}

function targetPath(vault: StoredVault, out: string): string {
  const absolute = resolve(out)
  if (statSync(absolute, { throwIfNoEntry: false })?.isDirectory() !== true) return absolute
  const day = new Date(vault.now()).toISOString().slice(0, 10).replaceAll("-", "")
  const name = vault.path.replace(/.*[\\/]/, "").replace(/\.claviger$/, "")
  return join(absolute, `${name}-${day}.clvbackup`)
}

function isThere(path: string): boolean {
  return existsSync(path) || lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

/** `VACUUM INTO` keeps the pages encrypted under the vault's own key. */
function takeSnapshot(vault: StoredVault, snapshot: string): BackupManifest {
  vault.db.prepare("VACUUM INTO ?").run(snapshot)
  chmodSync(snapshot, 0o600)
  const { keys, versions, head } = readVaultState(vault.db)
  return { keys, versions, head, createdAt: vault.header.createdAt }
}

function newHeader(vault: StoredVault): BackupHeader {
  const { vaultId, label, keyslots } = vault.header
  return {
    format: "claviger-backup",
    version: 1,
    backupId: newId(vault.now()),
    vaultId,
    createdAt: new Date(vault.now()).toISOString(),
    ...(label === undefined ? {} : { label }),
    keyslots,
  }
}

async function writePartial(
  vault: StoredVault,
  partial: string,
  snapshot: string,
  header: BackupHeader,
  manifest: BackupManifest,
): Promise<void> {
  removeFile(partial)
  const target = openSync(partial, "wx", 0o600)
  const source = openSync(snapshot, "r")
  let start = encodeManifest(manifest)
  try {
    using masterKey = vault.masterKey.open()
    await writeBackupFile(target, header, masterKey, (buffer) => {
      if (start.length === 0) return readSync(source, buffer)
      const taken = start.subarray(0, buffer.length)
      buffer.set(taken)
      start = start.subarray(taken.length)
      return taken.length
    })
  } finally {
    closeSync(source)
    closeSync(target)
  }
}

async function proveBackup(vault: StoredVault, partial: string, expected: BackupManifest): Promise<void> {
  using masterKey = vault.masterKey.open()
  using reader = new BackupReader(partial)
  if (!reader.isAuthentic(masterKey))
    throw new VaultError("INTEGRITY_FAILED", "the backup's header reads back differently")
  const manifest = await extractBackup(reader, masterKey, `${partial}.db`)
  await inspectSnapshot(`${partial}.db`, masterKey, vault.vaultId, manifest)
  if (
    manifest.keys !== expected.keys ||
    manifest.versions !== expected.versions ||
    manifest.head.seq !== expected.head.seq
  ) {
    throw new VaultError("INTEGRITY_FAILED", "the backup does not hold what the vault holds")
  }
}

function recordBackup(vault: StoredVault, header: BackupHeader, path: string, manifest: BackupManifest): MadeBackup {
  const { keys, versions, head } = manifest
  const record = { id: header.backupId, path, createdAt: header.createdAt, keys, versions, auditSeq: head.seq }
  vault.journal.record(() => {
    vault.backups.add(record, head.hash)
    return {
      entry: { action: "vault.backup", target: path, detail: { backupId: record.id, keys, versions } },
      result: undefined,
    }
  })
  return { ...record, auditHash: head.hash }
}
