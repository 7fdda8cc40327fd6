import { removeFile } from "../files/remove-file.ts"
import type { VaultDirectory } from "./vault-directory.ts"

/** A database is up to four files. */
export function removeDatabase(path: string): void {
  for (const suffix of ["", "-journal", "-wal", "-shm"]) removeFile(`${path}${suffix}`)
}

/** Where a backup takes the vault's pages from. */
export function snapshotOf({ database }: VaultDirectory): string {
  return `${database}.snapshot`
}

/**
 * Removes what a killed program left beside the vault's files. A snapshot above all: it would keep what is destroyed
 * later. Only for who holds the vault's lock.
 */
export function removeLeftovers(directory: VaultDirectory): void {
  removeDatabase(snapshotOf(directory))
  const { header, headerCopy, unfinished } = directory
  for (const path of [`${header}.new`, `${headerCopy}.new`, unfinished]) removeFile(path)
}

/** Removes all of a vault whose making came to nothing; the mark that says so goes last. */
export function removeUnfinished(directory: VaultDirectory): void {
  const { header, headerCopy, database, unfinished } = directory
  for (const path of [header, headerCopy, `${header}.new`, `${headerCopy}.new`]) removeFile(path)
  removeDatabase(database)
  removeFile(unfinished)
}
