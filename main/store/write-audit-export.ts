import { Buffer } from "node:buffer"
import { closeSync, fsyncSync, openSync } from "node:fs"
import { resolve } from "node:path"
import type { OutputOf } from "../../preload/contract/index.ts"
import type { ChainHead } from "../domain/audit-entry.ts"
import { giveName, requireReplaceable } from "../files/give-name.ts"
import { writeAll } from "../files/replace-file.ts"
import { exportedLines, signerName } from "./audit-export.ts"
import { auditPublicKey } from "./audit-signer.ts"
import { toBase64 } from "./base64.ts"
import type { StoredVault } from "./stored-vault.ts"
import { recordedName } from "./unfinished-file.ts"
import { requireOutside } from "./vault-directory.ts"

type Exported = OutputOf<"audit.export">

/** Writes the log, up to now, into a file that can be verified without the vault. @throws `ALREADY_EXISTS`, `IO_ERROR` */
export async function writeAuditExport(vault: StoredVault, out: string, force: boolean): Promise<Exported> {
  const path = resolve(out)
  requireReplaceable(path, force)
  requireOutside(vault.directory, path)
  const end = recordExport(vault, path)
  await recordedName(vault)(path, async (partial) => {
    const file = openSync(partial, "wx", 0o600)
    try {
      for await (const lines of exportedLines(vault, end)) writeAll(file, lines)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    giveName(partial, path, force)
  })
  return { path, ...aboutExport(vault, end) }
}

/** The same as bytes, for who has no file for it. */
export async function makeAuditExport(vault: StoredVault): Promise<Exported> {
  const end = recordExport(vault, null)
  const lines: Uint8Array[] = []
  for await (const some of exportedLines(vault, end)) lines.push(some)
  return { exported: new Uint8Array(Buffer.concat(lines)), ...aboutExport(vault, end) }
}

function recordExport(vault: StoredVault, target: string | null): ChainHead {
  if (vault.journal.isGrouping()) throw new Error("rows that may still be undone can't be signed")
  vault.journal.record(() => ({ entry: { action: "audit.export", target }, result: undefined }))
  return vault.journal.head()
}

function aboutExport(vault: StoredVault, end: ChainHead): Omit<Exported, "path" | "exported"> {
  const signer = signerName(auditPublicKey(vault.db, vault.derivedKeys.auditSigning, vault.vaultId))
  return { rows: end.seq, head: { seq: end.seq, hash: toBase64(end.hash) }, signer }
}
