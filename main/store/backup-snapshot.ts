import { closeSync, openSync } from "node:fs"
import { equalBytes } from "../crypto/constant-time.ts"
import { type LongWork, step } from "../domain/long-work.ts"
import type { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"
import { LargeFile } from "../files/replace-file.ts"
import type { BackupReader } from "./backup-file.ts"
import { type BackupManifest, decodeManifest } from "./backup-manifest.ts"
import { walkChain } from "./chain-walk.ts"
import { migrate } from "./migration.ts"
import { migrations } from "./migrations/index.ts"
import { checkOpening } from "./opening-checks.ts"
import { openVaultDatabase, type VaultDb } from "./vault-database.ts"
import { databaseKey, vaultKeys } from "./vault-keys.ts"

/**
 * Writes a backup's database, still encrypted page by page, to a new file.
 * @throws `INTEGRITY_FAILED`, `VAULT_CORRUPT`; `VAULT_LOCKED` when it was given up
 */
export async function extractBackup(
  reader: BackupReader,
  masterKey: Secret,
  path: string,
  work: LongWork,
): Promise<BackupManifest> {
  const file = openSync(path, "wx", 0o600)
  const written = new LargeFile(file)
  let manifest: BackupManifest | null = null
  try {
    await reader.read(masterKey, async (chunk) => {
      step(work, reader.done, reader.size)
      if (manifest === null) {
        const decoded = decodeManifest(chunk)
        manifest = decoded.manifest
        await written.write(chunk.subarray(decoded.size))
      } else await written.write(chunk)
    })
    written.sync()
  } finally {
    closeSync(file)
  }
  if (manifest === null) throw new VaultError("VAULT_CORRUPT", "the backup is empty")
  return manifest
}

/** Opens an extracted database and compares counts, log and head with what the backup says it holds. */
export async function inspectSnapshot(
  path: string,
  masterKey: Secret,
  vaultId: string,
  manifest: BackupManifest,
  work: LongWork,
): Promise<void> {
  const db = openSnapshot(path, masterKey, vaultId)
  try {
    const { auditMac } = vaultKeys(masterKey, vaultId)
    const state = checkOpening(db, auditMac)
    const { flaw } = await walkChain(db, auditMac, state.head, ({ seq }) => step(work, seq, state.head.seq))
    if (flaw !== null) throw new VaultError("INTEGRITY_FAILED", `audit row ${flaw.seq} of the backup ${flaw.reason}`)
    const isSame =
      state.keys === manifest.keys &&
      state.versions === manifest.versions &&
      equalBytes(state.head.hash, manifest.head.hash)
    if (!isSame) throw new VaultError("INTEGRITY_FAILED", "the backup does not hold what its manifest says")
  } finally {
    db.close()
  }
}

/** @throws `INTEGRITY_FAILED` when its key does not open it */
export function openSnapshot(path: string, masterKey: Secret, vaultId: string): VaultDb {
  using pageKey = databaseKey(masterKey, vaultId)
  const db = openVaultDatabase(path, pageKey)
  if (db === null) throw new VaultError("INTEGRITY_FAILED", "the backup's database does not open with its key")
  migrate(db, migrations)
  return db
}
