import { existsSync, lstatSync, realpathSync, renameSync, statSync } from "node:fs"
import { basename, dirname, join, resolve } from "node:path"
import { sha256 } from "../crypto/hmac.ts"
import { newId } from "../crypto/uuid-v7.ts"
import type { ChainHead } from "../domain/audit-entry.ts"
import { type LongWork, partOf, unfollowed } from "../domain/long-work.ts"
import type { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"
import { cleanUp, removeFolder } from "../files/remove-file.ts"
import { syncDirectory } from "../files/replace-file.ts"
import { type BackupHeader, BackupReader } from "./backup-file.ts"
import type { BackupManifest } from "./backup-manifest.ts"
import { StoredBackups } from "./backup-register.ts"
import { extractBackup, inspectSnapshot, openSnapshot } from "./backup-snapshot.ts"
import { recordHeader } from "./header-history.ts"
import { noKeys, StoredJournal } from "./journal.ts"
import { KeySearch } from "./key-search.ts"
import { requireSaneSlots } from "./keyslots.ts"
import { makeDirectory } from "./make-directory.ts"
import { RollbackAnchor } from "./rollback-anchor.ts"
import type { Surroundings } from "./surroundings.ts"
import { type Credential, openKeyslot, wrongCredential } from "./unlock-header.ts"
import { filesIn } from "./vault-directory.ts"
import { encodeHeader, parseHeader, type VaultHeader, writeHeader } from "./vault-header.ts"
import { vaultKeys } from "./vault-keys.ts"
import { VaultLock } from "./vault-lock.ts"
import { readVaultState, writeVaultState } from "./vault-state.ts"

export interface RestoredVault {
  readonly vaultId: string
  readonly path: string
  readonly keys: number
  readonly versions: number
  readonly auditHead: ChainHead
}

/**
 * Makes a vault of a backup, in a folder that must not be there yet. It is built beside that folder, compared with
 * what the backup says it holds, and takes its name only when that is proven.
 * @throws `ALREADY_EXISTS`, `NOT_FOUND`, `VAULT_BUSY` while it is being restored to the same place, `WRONG_PASSPHRASE`, `WRONG_SHARES`, `INTEGRITY_FAILED`, `VAULT_CORRUPT`, `CANCELLED`
 */
export async function restoreVault(
  file: string,
  to: string,
  credential: Credential,
  surroundings: Omit<Surroundings, "keep">,
  work: LongWork = unfollowed,
): Promise<RestoredVault> {
  const path = placeFor(to)
  requireNothingAt(path)
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
    throw new VaultError("NOT_FOUND", `no backup at ${file}`)
  const backup = resolve(file)
  using reader = new BackupReader(backup)
  using masterKey = await unlockBackup(reader, credential)
  const staging = stagingFor(path)
  makeDirectory(dirname(path))
  using _ = VaultLock.take(`${staging}.lock`)
  // Another program may have restored one here before this one had the lock.
  requireNothingAt(path)
  // What a killed program left of the same work.
  removeFolder(staging)
  makeDirectory(staging)
  try {
    const manifest = await fillStaging({ staging, path, backup }, reader, masterKey, surroundings, work)
    renameSync(staging, path)
    syncDirectory(dirname(path))
    const { keys, versions, head } = manifest
    return { vaultId: reader.header.vaultId, path, keys, versions, auditHead: head }
  } catch (error) {
    cleanUp(() => removeFolder(staging))
    throw error
  }
}

function requireNothingAt(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) throw new VaultError("ALREADY_EXISTS", path)
}

/** Where the vault is to stand, and the backup that it comes from. */
interface Places {
  readonly path: string
  readonly backup: string
}

/** As `realpath` will name it: links are resolved as far as there is something. */
function placeFor(to: string): string {
  const path = resolve(to)
  const parent = dirname(path)
  return existsSync(parent) ? join(realpathSync(parent), basename(path)) : path
}

/** Beside the place, under a name that nobody else has given anything, and the same at each try. */
function stagingFor(path: string): string {
  const name = Buffer.from(sha256(path)).toString("hex", 0, 16)
  return join(dirname(path), `.claviger-${name}.restoring`)
}

async function unlockBackup(reader: BackupReader, credential: Credential): Promise<Secret> {
  requireSaneSlots(reader.header.keyslots)
  const opened = await openKeyslot(reader.header, credential)
  if (opened === null) throw wrongCredential(credential, "the backup does not open")
  if (reader.isAuthentic(opened.masterKey)) return opened.masterKey
  opened.masterKey[Symbol.dispose]()
  throw new VaultError("INTEGRITY_FAILED", "the backup's header was changed: its MAC does not match")
}

async function fillStaging(
  { staging, ...places }: Places & { readonly staging: string },
  reader: BackupReader,
  masterKey: Secret,
  surroundings: Omit<Surroundings, "keep">,
  work: LongWork,
): Promise<BackupManifest> {
  const database = join(staging, "inventory.db")
  const manifest = await extractBackup(reader, masterKey, database, partOf(work, 0, 2))
  await inspectSnapshot(database, masterKey, reader.header.vaultId, manifest, partOf(work, 1, 2))
  const header = headerOf(reader.header, manifest)
  beginInstance({ database, ...places }, header, masterKey, { manifest, ...reader.header }, surroundings)
  writeHeader(filesIn(staging), header, vaultKeys(masterKey, header.vaultId).headerMac)
  return manifest
}

function headerOf({ vaultId, label, keyslots }: BackupHeader, { createdAt }: BackupManifest): VaultHeader {
  return {
    format: "claviger-vault",
    version: 1,
    vaultId,
    createdAt,
    ...(label === undefined ? {} : { label }),
    database: { cipher: "sqlcipher", pageSize: 4096 },
    keyslots,
  }
}

/**
 * The restored vault goes its own way from here: an instance of its own, so that its age is no rollback. Of the backup that
 * it came from it knows: that one holds its keys, whatever becomes of them.
 */
function beginInstance(
  { database, path, backup }: Places & { readonly database: string },
  header: VaultHeader,
  masterKey: Secret,
  {
    manifest,
    backupId,
    createdAt,
  }: Pick<BackupHeader, "backupId" | "createdAt"> & { readonly manifest: BackupManifest },
  { configDirectory, actor, now }: Omit<Surroundings, "keep">,
): void {
  const { vaultId } = header
  const db = openSnapshot(database, masterKey, vaultId)
  try {
    const keys = vaultKeys(masterKey, vaultId)
    const instanceId = newId(now())
    writeVaultState(db, { ...readVaultState(db), instanceId })
    const anchor = new RollbackAnchor({ configDirectory, vaultId, instanceId, path }, keys.anchorMac)
    const journal = new StoredJournal({
      db,
      search: new KeySearch(db),
      auditMac: keys.auditMac,
      actor,
      now,
      digestOf: noKeys,
      onCommit: (head) => anchor.remember(head),
    })
    journal.record(() => {
      recordHeader(db, parseHeader(encodeHeader(header, keys.headerMac)).mac)
      const { keys: keyCount, versions, head } = manifest
      const record = { id: backupId, path: backup, createdAt, keys: keyCount, versions, auditSeq: head.seq }
      new StoredBackups(db).add(record, head.hash)
      return { entry: { action: "vault.restore", target: backup, detail: { backupId, instanceId } }, result: undefined }
    })
  } finally {
    db.close()
  }
}
