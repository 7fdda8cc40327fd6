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
 * The steps that a file lacks.
 * @throws `UNSUPPORTED_VERSION` when a newer program made it
 */
export function missingSteps(db: Database.Database, migrations: readonly Migration[]): readonly Migration[] {
  if (migrations.some(({ version }, index) => version !== index + 1)) throw new Error("migrations are not consecutive")
  const current = schemaVersion(db)
  if (current > migrations.length) {
    throw new VaultError("UNSUPPORTED_VERSION", `schema ${current}; this program knows ${migrations.length}`)
  }
  return migrations.slice(current)
}

/**
 * Brings the schema to the newest version. Each step and its version number commit together.
 * @param alongside - committed with the first step that is taken
 * @throws `UNSUPPORTED_VERSION` when a newer program made the file
 */
export function migrate(
  db: Database.Database,
  migrations: readonly Migration[],
  alongside: () => void = () => undefined,
): void {
  const [first, ...others] = missingSteps(db, migrations)
  if (first === undefined) return
  apply(db, first, alongside)
  for (const migration of others) apply(db, migration)
}

function apply(db: Database.Database, { version, up }: Migration, alongside?: () => void): void {
  db.transaction(() => {
    up(db)
    alongside?.()
    db.pragma(`user_version = ${version}`)
  }).immediate()
}
