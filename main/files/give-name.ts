import { closeSync, constants, linkSync, lstatSync, openSync, renameSync, unlinkSync } from "node:fs"
import { rename } from "node:fs/promises"
import { dirname } from "node:path"
import { VaultError } from "../domain/vault-error.ts"
import { cleanUp, isLarge, removeFile } from "./remove-file.ts"
import { syncDirectory } from "./replace-file.ts"
import { hasErrorCode } from "./system-error.ts"

const { O_WRONLY, O_CREAT, O_EXCL } = constants

/** What file systems without hard links answer to `link`. */
const noLinks = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]

/**
 * Whether a file may be made there.
 * @throws `ALREADY_EXISTS` unless `force`; `IO_ERROR` for a folder, a device or a pipe, which nothing may replace
 */
export function requireReplaceable(path: string, force: boolean): void {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return
  if (!force) throw alreadyExists(path)
  if (!found.isFile() && !found.isSymbolicLink()) throw new VaultError("IO_ERROR", `${path} is not a file`)
}

/**
 * Gives a finished file its name, durably. Where something has that name by now, `force` replaces it.
 * @throws `ALREADY_EXISTS` unless `force`
 */
export function giveName(temporary: string, path: string, force: boolean): void {
  if (force) renameSync(temporary, path)
  else claimName(temporary, path)
  syncDirectory(dirname(path))
}

/** As `giveName`; while the system lets go of a large file that is replaced, the event loop goes on. */
export async function giveNameOfLarge(temporary: string, path: string, force: boolean): Promise<void> {
  if (!(force && isLarge(path))) return giveName(temporary, path, force)
  await rename(temporary, path)
  syncDirectory(dirname(path))
}

function claimName(temporary: string, path: string): void {
  try {
    linkSync(temporary, path)
  } catch (error) {
    if (hasErrorCode(error, "EEXIST")) throw alreadyExists(path)
    if (!hasErrorCode(error, ...noLinks)) throw error
    reserveName(temporary, path)
    return
  }
  unlinkSync(temporary)
}

/** Without links: an empty file keeps the name until the finished one replaces it. */
function reserveName(temporary: string, path: string): void {
  closeSync(openSync(path, O_WRONLY | O_CREAT | O_EXCL, 0o600))
  try {
    renameSync(temporary, path)
  } catch (error) {
    cleanUp(() => removeFile(path))
    throw error
  }
}

function alreadyExists(path: string): VaultError {
  return new VaultError("ALREADY_EXISTS", `${path}; --force replaces it`)
}
