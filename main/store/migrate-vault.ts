import { basename, dirname, join } from "node:path"
import { z } from "zod"
import { unfollowed } from "../domain/long-work.ts"
import { recordBackup } from "./backup-vault.ts"
import { Base64, toBase64 } from "./base64.ts"
import { makeLongCall } from "./long-calls.ts"
import { type Migration, migrate, missingSteps, schemaVersion } from "./migration.ts"
import { type BackupSource, type MadeBackup, withProvenBackup } from "./proven-backup.ts"
import type { StoredVault } from "./stored-vault.ts"
import { nameAfter } from "./unfinished-file.ts"
import type { VaultDb } from "./vault-database.ts"

const kind = "vault.migrate"

const Detail = z.strictObject({
  from: z.int(),
  path: z.string(),
  createdAt: z.string(),
  keys: z.int(),
  versions: z.int(),
  auditSeq: z.int(),
  auditHash: Base64,
})
const OperationRows = z.array(
  z.object({ id: z.string(), detail: z.string().transform((text) => Detail.parse(JSON.parse(text))) }),
)

type MigratedVault = Omit<BackupSource, "copyTo"> & { readonly db: VaultDb }

/**
 * Brings an older vault to this program's schema. First a proven backup is put beside the vault: should the new
 * program turn out to be wrong for it, the old one restores that.
 * @throws `UNSUPPORTED_VERSION` when a newer program made the vault
 */
export async function migrateVault(source: MigratedVault, migrations: readonly Migration[]): Promise<void> {
  const { db } = source
  if (missingSteps(db, migrations).length === 0) return
  const from = schemaVersion(db)
  const copying = { ...source, copyTo: (path: string) => makeLongCall(db, "copyTo", path) }
  const lendName = nameAfter(source.header.vaultId)
  const naming = { force: true, work: unfollowed, lendName, beforeNaming: () => undefined }
  const backup = await withProvenBackup(copying, pathBeside(source, from), naming)
  migrate(db, migrations, () => noteUnlogged(db, from, backup))
}

/** For example `keys-schema-1-20261125.clvbackup` beside `keys.claviger`. */
function pathBeside({ directory, now }: MigratedVault, from: number): string {
  const day = new Date(now()).toISOString().slice(0, 10).replaceAll("-", "")
  const name = basename(directory.path).replace(/\.claviger$/, "")
  return join(dirname(directory.path), `${name}-schema-${from}-${day}.clvbackup`)
}

/** The log can only be written to once the vault is open: until then, also through a crash, this waits with the schema. */
function noteUnlogged(db: VaultDb, from: number, { id, auditHash, ...backup }: MadeBackup): void {
  const detail = JSON.stringify({ from, ...backup, auditHash: toBase64(auditHash) })
  db.prepare("INSERT INTO operations (id, kind, started_at, detail) VALUES (?, ?, ?, ?)").run(
    id,
    kind,
    backup.createdAt,
    detail,
  )
}

/** Logs each migration, and the backup that was made for it, once. @returns `vault.migrate` for each */
export function logMigrations(vault: StoredVault): string[] {
  const rows = OperationRows.parse(
    vault.db.prepare("SELECT id, detail FROM operations WHERE kind = ? ORDER BY id").all(kind),
  )
  return rows.map(({ id, detail: { from, ...backup } }) => {
    vault.journal.begin()
    recordBackup(vault, { id, ...backup })
    vault.journal.record(() => {
      vault.db.prepare("DELETE FROM operations WHERE id = ?").run(id)
      return { entry: { action: kind, target: null, detail: { from, backupId: id } }, result: undefined }
    })
    vault.journal.commit()
    return kind
  })
}
