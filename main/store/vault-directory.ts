import { existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, statSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { VaultError } from "../domain/vault-error.ts"
import { syncDirectory } from "./replace-file.ts"

/** The files of a vault (vault-format.md, "On disk"). */
export interface VaultDirectory {
  /** Absolute, with links resolved, so that one vault has one path however it is named. */
  readonly path: string
  readonly header: string
  readonly headerCopy: string
  readonly database: string
  readonly lock: string
}

function filesIn(path: string): VaultDirectory {
  return {
    path,
    header: join(path, "vault.json"),
    headerCopy: join(path, "vault.json.2"),
    database: join(path, "inventory.db"),
    lock: join(path, "vault.lock"),
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
  if (!existsSync(files.header) && !existsSync(files.headerCopy) && !existsSync(files.database)) {
    throw new VaultError("NOT_FOUND", `no vault in ${path}: it has no vault.json`)
  }
  for (const file of [files.header, files.headerCopy, files.database, files.lock]) requirePlainFile(file)
  return files
}

/** A link or a pipe in a file's place would make us read or write elsewhere. */
function requirePlainFile(path: string): void {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (stats !== undefined && !stats.isFile()) throw new VaultError("VAULT_CORRUPT", `${path} is not a plain file`)
}

/**
 * Makes the folder of a new vault, mode 0700. An empty folder that is there already is taken.
 * @throws `ALREADY_EXISTS`
 */
export function newVaultDirectory(path: string): VaultDirectory {
  const absolute = resolve(path)
  if (existsSync(absolute)) {
    if (!statSync(absolute).isDirectory() || readdirSync(absolute).length > 0) {
      throw new VaultError("ALREADY_EXISTS", absolute)
    }
  } else {
    mkdirSync(absolute, { recursive: true, mode: 0o700 })
    syncDirectory(dirname(absolute))
  }
  return filesIn(realpathSync(absolute))
}
