import type { BackupRecord } from "../../domain/backup-register.ts"
import type { Key } from "../../domain/key.ts"
import { versionOf } from "../../domain/key-state.ts"
import type { OpenVault } from "../../domain/open-vault.ts"

/**
 * Every backup from which material of a key can still be had, as far as the vault knows, also of versions that were destroyed before.
 * @param version - only of this one
 * @throws `NOT_FOUND` when there is no such version
 */
export function backupsHolding(vault: OpenVault, key: Key, version: number | null): BackupRecord[] {
  const held = vault.backups.holding(key.id, version === null ? null : versionOf(key, version).version)
  return held.filter(({ destruction }) => destruction === null)
}
