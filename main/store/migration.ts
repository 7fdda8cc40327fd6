import type Database from "better-sqlite3-multiple-ciphers"
import { VaultError } from "../domain/vault-error.ts"

/** One step of the schema. A leaf: it uses no live code, and is never edited after a release. */
export interface Migration {
  readonly version: number
  up(db: Database.Database): void
}

/** The schema's version; 0 for a new file. */
export function schemaVersion(db: Database.Database): number {
  return Number(db.pragma("user_version", { simple: true }))
}

/**
 * Brings the schema to the newest version. Each step and its version number commit together.
 * @param beforeFirst - called once before anything changes, for example to write a backup
 * @throws `UNSUPPORTED_VERSION` when a newer program made the file
 */
export function migrate(db: Database.Database, migrations: readonly Migration[], beforeFirst: () => void): void {
  if (migrations.some(({ version }, index) => version !== index + 1)) throw new Error("migrations are not consecutive")
  const current = schemaVersion(db)
  if (current > migrations.length) {
    throw new VaultError("UNSUPPORTED_VERSION", `schema ${current}; this program knows ${migrations.length}`)
  }
  const missing = migrations.slice(current)
  if (missing.length > 0) beforeFirst()
  for (const migration of missing) apply(db, migration)
}

function apply(db: Database.Database, { version, up }: Migration): void {
  db.transaction(() => {
    up(db)
    db.pragma(`user_version = ${version}`)
  }).immediate()
}
