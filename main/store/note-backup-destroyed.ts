import type { InputOf, OutputOf } from "../../preload/contract/index.ts"
import type { BackupRecord } from "../domain/backup-register.ts"
import { timestamp } from "../domain/timestamp.ts"
import { VaultError } from "../domain/vault-error.ts"
import { stateOfBackupFile } from "./backup-file.ts"
import type { StoredVault } from "./stored-vault.ts"

/**
 * Keeps in mind that all copies of a backup are destroyed, as a person says; where it is seen to be there still, nobody is believed.
 * @throws `NOT_FOUND`, `STATE_DENIED`
 */
export function noteBackupDestroyed(
  vault: StoredVault,
  input: InputOf<"vault.backup-destroyed">,
): OutputOf<"vault.backup-destroyed"> {
  const { reason } = input
  const { id, path, createdAt, destruction } = meant(vault, input)
  if (destruction !== null) throw new VaultError("STATE_DENIED", `${path} was destroyed at ${destruction.at} already`)
  const file = stateOfBackupFile(path, id)
  if (file === "there" || file === "damaged")
    throw new VaultError("STATE_DENIED", `${path} is still there: delete it and its copies first`)
  return vault.journal.record(() => {
    const at = timestamp(vault.now())
    vault.backups.noteDestruction(id, { at, reason })
    return {
      entry: { action: "vault.backup-destroyed", target: path, detail: { backupId: id, at, reason } },
      result: { id, path, createdAt, destroyedAt: at, reason },
    }
  })
}

/** The newest of those at a place: the others were replaced by it. */
function meant(vault: StoredVault, input: InputOf<"vault.backup-destroyed">): BackupRecord {
  const found =
    "backup" in input
      ? vault.backups.find(input.backup)
      : vault.backups.list().findLast(({ path }) => path === input.file)
  if (found === null || found === undefined) throw new VaultError("NOT_FOUND", "this vault knows no such backup")
  return found
}
