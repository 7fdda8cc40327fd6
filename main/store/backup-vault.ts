import { statSync } from "node:fs"
import { join, resolve } from "node:path"
import type { LongWork } from "../domain/long-work.ts"
import { requireReplaceable } from "../files/give-name.ts"
import { type MadeBackup, withProvenBackup } from "./proven-backup.ts"
import type { StoredVault } from "./stored-vault.ts"
import { recordedName } from "./unfinished-file.ts"
import { requireOutside } from "./vault-directory.ts"

/**
 * Writes the vault into one file, proves it, and records it. The file appears under its name only then.
 * @param out - a file, or a folder in which the file gets its usual name
 * @throws `ALREADY_EXISTS`, `IO_ERROR`, `INTEGRITY_FAILED`, `CANCELLED`
 */
export async function backupVault(
  vault: StoredVault,
  out: string,
  force: boolean,
  work: LongWork,
): Promise<MadeBackup> {
  const path = targetPath(vault, out)
  requireReplaceable(path, force)
  requireOutside(vault.directory, path)
  // In this order: no backup is ever there that the vault does not know of when it destroys a key.
  return await vault.backups.whileMaking(() =>
    withProvenBackup(vault, path, {
      force,
      work,
      lendName: recordedName(vault),
      beforeNaming: (made) => recordBackup(vault, made),
    }),
  )
}

function targetPath(vault: StoredVault, out: string): string {
  const absolute = resolve(out)
  if (statSync(absolute, { throwIfNoEntry: false })?.isDirectory() !== true) return absolute
  const day = new Date(vault.now()).toISOString().slice(0, 10).replaceAll("-", "")
  const name = vault.path.replace(/.*[\\/]/, "").replace(/\.claviger$/, "")
  return join(absolute, `${name}-${day}.clvbackup`)
}

/** Records a backup, and logs it. */
export function recordBackup(vault: StoredVault, made: MadeBackup): void {
  const { id, path, keys, versions, auditHash } = made
  vault.journal.record(() => {
    vault.backups.add(made, auditHash)
    return {
      entry: { action: "vault.backup", target: path, detail: { backupId: id, keys, versions } },
      result: undefined,
    }
  })
}
