import { z } from "zod"
import { isUnreadable } from "./unreadable-page.ts"
import type { VaultDb } from "./vault-database.ts"
import { countedRows, readVaultState } from "./vault-state.ts"
import { firstWronglyIndexed } from "./verify-search.ts"

/** What was found out, or that a page on the way to it can't be read. */
export type Found<Result> = { readonly found: Result } | "unreadable"

/** What SQLite itself finds out about a database; plain data, so that a thread can tell of it. */
export interface Inspection {
  /** What is wrong with its pages, tables and indexes, in SQLite's words. */
  readonly damages: Found<readonly string[]>
  /** Whether there are as many keys and versions as were recorded. */
  readonly isComplete: Found<boolean>
  /** Destroyed versions whose material is there again: it was put back from an older copy. */
  readonly unerased: Found<readonly { readonly id: string; readonly version: number }[]>
  /** The row of a key that the full-text index does not tell of as the inventory does. */
  readonly wronglyIndexed: Found<number | null>
}

/** A page that can't be read ends one part and keeps nobody from looking at the others. */
export function inspect(db: VaultDb): Inspection {
  return {
    damages: partOf(db, damagesOf),
    isComplete: partOf(db, isComplete),
    unerased: partOf(db, unerasedIn),
    wronglyIndexed: partOf(db, firstWronglyIndexed),
  }
}

function partOf<Result>(db: VaultDb, look: (db: VaultDb) => Result): Found<Result> {
  try {
    return { found: look(db) }
  } catch (error) {
    if (!isUnreadable(error)) throw error
    return "unreadable"
  }
}

const IntegrityRows = z.array(z.object({ integrity_check: z.string() }))

function damagesOf(db: VaultDb): string[] {
  const lines = IntegrityRows.parse(db.pragma("integrity_check(20)")).map((row) => row.integrity_check)
  return lines.filter((line) => line !== "ok")
}

function isComplete(db: VaultDb): boolean {
  const counted = countedRows(db)
  const { keys, versions } = readVaultState(db)
  return counted.keys === keys && counted.versions === versions
}

const UnerasedRows = z.array(z.object({ id: z.string(), version: z.int() }))

function unerasedIn(db: VaultDb): z.infer<typeof UnerasedRows> {
  const rows = db.prepare(`
    SELECT DISTINCT keys.id, version FROM key_versions JOIN keys ON keys.row = key_row
    WHERE key_versions.state = 'destroyed' AND (
      EXISTS (SELECT 1 FROM deks WHERE version_row = key_versions.row)
      OR EXISTS (SELECT 1 FROM materials WHERE version_row = key_versions.row)
      OR EXISTS (SELECT 1 FROM examined WHERE version_row = key_versions.row AND mark IS NOT NULL))`)
  return UnerasedRows.parse(rows.all())
}
