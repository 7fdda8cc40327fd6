import { removeFile, removeLargeFile } from "../files/remove-file.ts"
import type { VaultDirectory } from "./vault-directory.ts"

/** A database is up to four files. */
const suffixes = ["", "-journal", "-wal", "-shm"]

function removeDatabase(path: string): void {
  for (const suffix of suffixes) removeFile(`${path}${suffix}`)
}

/** Removes a copy of the vault's database without holding up the event loop. */
export async function removeCopy(path: string): Promise<void> {
  for (const suffix of suffixes) await removeLargeFile(`${path}${suffix}`)
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
