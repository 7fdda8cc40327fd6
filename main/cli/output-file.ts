import { randomBytes } from "node:crypto"
import {
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeSync,
} from "node:fs"
import { basename, dirname, join, resolve } from "node:path"
import { VaultError } from "../domain/vault-error.ts"

const { O_WRONLY, O_CREAT, O_EXCL } = constants

/** What file systems without hard links answer to `link`. */
const noLinks = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]

/**
 * Refuses a place that can't or must not be written to, before any work is done for it.
 * @throws `ALREADY_EXISTS` unless `force`; `IO_ERROR` for what is not a file; `INVALID_INPUT` in the vault's own folder
 */
export function checkOutput(vaultPath: string, path: string, force: boolean): void {
  requireOutside(vaultPath, resolve(path))
  requireReplaceable(resolve(path), force)
}

function requireReplaceable(path: string, force: boolean): void {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return
  if (!force) throw new VaultError("ALREADY_EXISTS", `${path}; --force replaces it`)
  if (!found.isFile() && !found.isSymbolicLink()) throw new VaultError("IO_ERROR", `${path} is not a file`)
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
    if (force) renameSync(temporary, target)
    else claimName(temporary, target)
  } finally {
    rmSync(temporary, { force: true })
  }
  syncFolder(dirname(target))
  return target
}

/** Gives the finished file its name, unless something has that name by now. */
function claimName(temporary: string, target: string): void {
  try {
    linkSync(temporary, target)
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : ""
    if (code === "EEXIST") throw new VaultError("ALREADY_EXISTS", `${target}; --force replaces it`)
    if (!noLinks.includes(code)) throw error
    // Reserves the name, then replaces the empty file by the finished one.
    closeSync(openSync(target, O_WRONLY | O_CREAT | O_EXCL, 0o600))
    try {
      renameSync(temporary, target)
    } catch (failed) {
      unlinkSync(target)
      throw failed
    }
  }
}

function writeNewFile(path: string, bytes: Uint8Array): void {
  const file = openSync(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Makes the new name durable. Windows can't sync a folder and does not need to. */
function syncFolder(path: string): void {
  if (process.platform === "win32") return
  const folder = openSync(path, constants.O_RDONLY)
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
