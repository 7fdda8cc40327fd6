import { closeSync, fsyncSync, lstatSync, openSync, renameSync } from "node:fs"
import { dirname, resolve } from "node:path"
import type { OutputOf } from "../../preload/contract/index.ts"
import { VaultError } from "../domain/vault-error.ts"
import { exportedLines, signerName } from "./audit-export.ts"
import { auditPublicKey } from "./audit-signer.ts"
import { toBase64 } from "./base64.ts"
import { cleanUp, removeFile } from "./remove-file.ts"
import { syncDirectory, writeAll } from "./replace-file.ts"
import type { StoredVault } from "./stored-vault.ts"
import { requireOutside } from "./vault-directory.ts"

/** Writes the log, up to now, into a file that can be verified without the vault. @throws `ALREADY_EXISTS` */
export async function writeAuditExport(
  vault: StoredVault,
  out: string,
  force: boolean,
): Promise<OutputOf<"audit.export">> {
  const path = resolve(out)
  if (!force && lstatSync(path, { throwIfNoEntry: false }) !== undefined) throw new VaultError("ALREADY_EXISTS", path)
  requireOutside(vault.directory, path)
  if (vault.journal.isGrouping()) throw new Error("rows that may still be undone can't be signed")
  vault.journal.record(() => ({ entry: { action: "audit.export", target: path }, result: undefined }))
  const end = vault.journal.head()
  const partial = `${path}.partial`
  removeFile(partial)
  try {
    const file = openSync(partial, "wx", 0o600)
    try {
      for await (const lines of exportedLines(vault, end)) writeAll(file, lines)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(partial, path)
    syncDirectory(dirname(path))
  } catch (error) {
    cleanUp(() => removeFile(partial))
    throw error
  }
  const signer = signerName(auditPublicKey(vault.db, vault.derivedKeys.auditSigning, vault.vaultId))
  return { path, rows: end.seq, head: { seq: end.seq, hash: toBase64(end.hash) }, signer }
}
