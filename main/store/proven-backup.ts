import { closeSync, openSync, readSync, statSync } from "node:fs"
import { newId } from "../crypto/uuid-v7.ts"
import type { BackupRecord } from "../domain/backup-register.ts"
import { type LongWork, partOf, step } from "../domain/long-work.ts"
import { VaultError } from "../domain/vault-error.ts"
import { giveNameOfLarge, requireReplaceable } from "../files/give-name.ts"
import { cleanUpLarge } from "../files/remove-file.ts"
import { type BackupHeader, BackupReader, writeBackupFile } from "./backup-file.ts"
import { type BackupManifest, encodeManifest } from "./backup-manifest.ts"
import { extractBackup, inspectSnapshot } from "./backup-snapshot.ts"
import type { SecretKeeper } from "./surroundings.ts"
import type { LendName } from "./unfinished-file.ts"
import type { VaultDirectory } from "./vault-directory.ts"
import type { VaultHeader } from "./vault-header.ts"
import { VaultSnapshot } from "./vault-snapshot.ts"
import type { VaultState } from "./vault-state.ts"

/** Copying, writing, reading it back, and the log in it. */
const parts = 4

/** What a backup is made of: also of a vault that is not open to anybody yet. */
export interface BackupSource {
  readonly directory: VaultDirectory
  readonly header: VaultHeader
  readonly masterKey: SecretKeeper
  readonly now: () => number
  /** Copies the database, its pages encrypted under the same key. @returns where the vault stands in the copy */
  copyTo(path: string): Promise<VaultState>
}

/** A backup, and the hash of the last row in its log. */
export type MadeBackup = Omit<BackupRecord, "destruction"> & { readonly auditHash: Uint8Array }

interface Naming {
  /** Whether the file takes the place of whatever has its name. */
  readonly force: boolean
  readonly work: LongWork
  readonly lendName: LendName
  /** What must have happened before the file is there. */
  readonly beforeNaming: (made: MadeBackup) => void
}

/**
 * Writes a vault into one file and proves it: the file is read back, decrypted and opened, and what it holds is
 * compared with the source. Only then does it take its name.
 * @throws `CANCELLED`, `INTEGRITY_FAILED`, `ALREADY_EXISTS` when something got that name meanwhile
 */
export async function withProvenBackup(
  source: BackupSource,
  path: string,
  { force, work, lendName, beforeNaming }: Naming,
): Promise<MadeBackup> {
  const snapshot = await VaultSnapshot.take(source)
  try {
    step(work, 1, parts)
    const header = newHeader(source)
    const { keys, versions, head } = snapshot.state
    const manifest = { keys, versions, head, createdAt: source.header.createdAt }
    return await lendName(path, async (partial) => {
      await writePartial(source, partial, snapshot.path, header, manifest, partOf(work, 1, parts))
      await snapshot.remove()
      await proveBackup(source, partial, manifest, work)
      const record = { id: header.backupId, path, createdAt: header.createdAt, keys, versions, auditSeq: head.seq }
      const made = { ...record, auditHash: head.hash }
      requireReplaceable(path, force)
      beforeNaming(made)
      await giveNameOfLarge(partial, path, force)
      return made
    })
  } finally {
    await cleanUpLarge(() => snapshot.remove())
  }
}

function newHeader(source: BackupSource): BackupHeader {
  const { vaultId, label, keyslots } = source.header
  return {
    format: "claviger-backup",
    version: 1,
    backupId: newId(source.now()),
    vaultId,
    createdAt: new Date(source.now()).toISOString(),
    ...(label === undefined ? {} : { label }),
    keyslots,
  }
}

async function writePartial(
  source: BackupSource,
  partial: string,
  snapshot: string,
  header: BackupHeader,
  manifest: BackupManifest,
  work: LongWork,
): Promise<void> {
  const target = openSync(partial, "wx", 0o600)
  const pages = openSync(snapshot, "r")
  const { size } = statSync(snapshot)
  let start = encodeManifest(manifest)
  let done = 0
  try {
    using masterKey = source.masterKey.open()
    await writeBackupFile(target, header, masterKey, (buffer) => {
      step(work, done, size)
      done += buffer.length
      if (start.length === 0) return readSync(pages, buffer)
      const taken = start.subarray(0, buffer.length)
      buffer.set(taken)
      start = start.subarray(taken.length)
      return taken.length
    })
  } finally {
    closeSync(pages)
    closeSync(target)
  }
}

async function proveBackup(
  source: BackupSource,
  partial: string,
  expected: BackupManifest,
  work: LongWork,
): Promise<void> {
  using masterKey = source.masterKey.open()
  using reader = new BackupReader(partial)
  if (!reader.isAuthentic(masterKey))
    throw new VaultError("INTEGRITY_FAILED", "the backup's header reads back differently")
  const manifest = await extractBackup(reader, masterKey, `${partial}.db`, partOf(work, 2, parts))
  await inspectSnapshot(`${partial}.db`, masterKey, source.header.vaultId, manifest, partOf(work, 3, parts))
  if (
    manifest.keys !== expected.keys ||
    manifest.versions !== expected.versions ||
    manifest.head.seq !== expected.head.seq
  ) {
    throw new VaultError("INTEGRITY_FAILED", "the backup does not hold what the vault holds")
  }
}
