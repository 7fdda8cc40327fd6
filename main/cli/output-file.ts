import { randomBytes } from "node:crypto"
import { existsSync, realpathSync } from "node:fs"
import { basename, dirname, join, resolve } from "node:path"
import { VaultError } from "../domain/vault-error.ts"
import { giveName, requireReplaceable } from "../files/give-name.ts"
import { cleanUp, removeFile } from "../files/remove-file.ts"
import { writeNewFile } from "../files/replace-file.ts"

/**
 * Refuses a place that can't or must not be written to, before any work is done for it.
 * @throws `ALREADY_EXISTS` unless `force`; `IO_ERROR` for what is not a file; `INVALID_INPUT` in the vault's own folder
 */
export function checkOutput(vaultPath: string, path: string, force: boolean): void {
  requireOutside(vaultPath, resolve(path))
  requireReplaceable(resolve(path), force)
}

/** What is written for somebody else never lands among a vault's own files, least of all in their place. @throws `INVALID_INPUT` */
export function requireOutside(vaultPath: string, path: string): void {
  if (real(dirname(path)) === real(vaultPath)) {
    throw new VaultError("INVALID_INPUT", `${path} lies in the vault's own folder`)
  }
}

/** With links resolved, where there is something. */
function real(path: string): string {
  return existsSync(path) ? realpathSync(path) : resolve(path)
}

/**
 * Makes a file, mode 0600, that is complete and durable, or not there at all. A link in its place is never followed:
 * it is refused, or replaced with `force`.
 * @returns the absolute path
 */
export function writeOutput(path: string, bytes: Uint8Array, force: boolean): string {
  const target = resolve(path)
  requireReplaceable(target, force)
  const temporary = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomBytes(6).toString("hex")}.part`)
  try {
    writeNewFile(temporary, bytes)
    giveName(temporary, target, force)
  } catch (error) {
    cleanUp(() => removeFile(temporary))
    throw error
  }
  return target
}
