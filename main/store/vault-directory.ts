import { chmodSync, existsSync, lstatSync, readdirSync, realpathSync, statSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { VaultError } from "../domain/vault-error.ts"
import { cleanUp } from "../files/remove-file.ts"
import { makeDirectory } from "./make-directory.ts"

/** The files of a vault (vault-format.md, "On disk"). */
export interface VaultDirectory {
  /** Absolute, with links resolved, so that one vault has one path however it is named. */
  readonly path: string
  readonly header: string
  readonly headerCopy: string
  readonly database: string
  readonly lock: string
  /** There while a vault is being made: without a header beside it, nothing in the folder was ever a vault. */
  readonly unfinished: string
}

/** Where the files of a vault lie in a folder. */
export function filesIn(path: string): VaultDirectory {
  return {
    path,
    header: join(path, "vault.json"),
    headerCopy: join(path, "vault.json.2"),
    database: join(path, "inventory.db"),
    lock: join(path, "vault.lock"),
    unfinished: join(path, "vault.unfinished"),
  }
}

/**
 * The folder of an existing vault.
 * @throws `NOT_FOUND` when there is no vault; `VAULT_CORRUPT` when a file of it is a link, a device or a folder
 */
export function existingVaultDirectory(path: string): VaultDirectory {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) throw new VaultError("NOT_FOUND", `no vault at ${path}`)
  if (!stats.isDirectory()) throw new VaultError("NOT_FOUND", `${path} is not a vault: it is not a folder`)
  const files = filesIn(realpathSync(path))
  if (!hasHeader(files)) {
    if (isThere(files.unfinished)) throw new VaultError("NOT_FOUND", `making the vault in ${path} was not finished`)
    if (!isThere(files.database)) throw new VaultError("NOT_FOUND", `no vault in ${path}: it has no vault.json`)
  }
  for (const file of [files.header, files.headerCopy, files.database, files.lock]) requirePlainFile(file)
  return files
}

/** A link or a pipe in a file's place would make us read or write elsewhere. */
function requirePlainFile(path: string): void {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (stats !== undefined && !stats.isFile()) throw new VaultError("VAULT_CORRUPT", `${path} is not a plain file`)
}

/** Modes 0700 and 0600 again, where a copy or a person loosened them. Best effort: not every file system has modes. */
export function closeToOthers({ path, header, headerCopy, database }: VaultDirectory): void {
  for (const [file, mode] of [
    [path, 0o700],
    ...[header, headerCopy, database].map((each) => [each, 0o600] as const),
  ] as const) {
    cleanUp(() => {
      const present = statSync(file, { throwIfNoEntry: false })?.mode ?? 0
      if ((present & 0o077) !== 0) chmodSync(file, mode)
    })
  }
}

/**
 * Makes the folder of a new vault, mode 0700. An empty folder that is there already is taken, and so is one in which
 * a program was killed while it made a vault.
 * @throws `ALREADY_EXISTS`
 */
export function newVaultDirectory(path: string): VaultDirectory {
  const absolute = resolve(path)
  if (existsSync(absolute)) {
    requireNoVault(absolute)
    chmodSync(absolute, 0o700)
  } else makeDirectory(absolute)
  return filesIn(realpathSync(absolute))
}

/** Lock files do not count: whoever holds one is asked for it before anything is written. */
const lockName = /^vault\.lock(\.\d+)?$/

/** @throws `ALREADY_EXISTS` when there is anything in the folder that its owner may miss */
function requireNoVault(path: string): void {
  const files = filesIn(path)
  const isFolder = statSync(path).isDirectory()
  const isEmpty = isFolder && readdirSync(path).every((name) => lockName.test(name))
  if (!isEmpty && !(isFolder && existsSync(files.unfinished) && !hasHeader(files))) {
    throw new VaultError("ALREADY_EXISTS", path)
  }
}

function hasHeader({ header, headerCopy }: VaultDirectory): boolean {
  return isThere(header) || isThere(headerCopy)
}

/** Unlike `existsSync`, this does not say "no" of what may not be looked at. @throws the system's own error, such as EACCES */
function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

/** What is written for somebody else never lands among a vault's own files, least of all in their place. @throws `INVALID_INPUT` */
export function requireOutside(directory: VaultDirectory, path: string): void {
  const parent = dirname(path)
  if (existsSync(parent) && realpathSync(parent) === directory.path) {
    throw new VaultError("INVALID_INPUT", `${path} lies in the vault's own folder`)
  }
}
