import { Secret } from "../../main/domain/secret.ts"
import { unlockHeader } from "../../main/store/unlock-header.ts"
import { openVaultDatabase, type VaultDb } from "../../main/store/vault-database.ts"
import { existingVaultDirectory, type VaultDirectory } from "../../main/store/vault-directory.ts"
import { type AuthenticHeader, type VaultHeader, writeHeader } from "../../main/store/vault-header.ts"
import { databaseKey, type VaultKeys, vaultKeys } from "../../main/store/vault-keys.ts"
import { passphrase } from "./vaults.ts"

/** Everything that a passphrase opens, laid bare for a test that plays the attacker or the examiner. */
export interface VaultInternals {
  readonly directory: VaultDirectory
  readonly header: AuthenticHeader
  readonly masterKey: Secret
  /** 32 bytes: what encrypts the pages. */
  readonly pageKey: Secret
  readonly keys: VaultKeys
}

/** The keys of a locked vault. */
export async function internalsOf(path: string, text?: string): Promise<VaultInternals> {
  const directory = existingVaultDirectory(path)
  const credential = { kind: "passphrase", passphrase: new Secret(passphrase(text)) } as const
  const { header, masterKey } = await unlockHeader(directory, credential)
  const pageKey = databaseKey(masterKey, header.vaultId)
  return { directory, header, masterKey, pageKey, keys: vaultKeys(masterKey, header.vaultId) }
}

/** The same for a copy of the vault, without deriving anything again. */
export function internalsOfCopy(path: string, internals: VaultInternals): VaultInternals {
  return { ...internals, directory: existingVaultDirectory(path) }
}

/** Does something to the database of a locked vault past all of our own code, as who has its key can. */
export function editDatabase<Result>({ directory, pageKey }: VaultInternals, edit: (db: VaultDb) => Result): Result {
  const db = openVaultDatabase(directory.database, pageKey)
  if (db === null) throw new Error("the key is not the database's")
  try {
    db.pragma("foreign_keys = OFF")
    return edit(db)
  } finally {
    db.close()
  }
}

/** Writes a header that is not what the vault has, with a right MAC. */
export function forgeHeader({ directory, header, keys }: VaultInternals, changed: Partial<VaultHeader>): void {
  const { mac: _, ...rest } = header
  writeHeader(directory, { ...rest, ...changed }, keys.headerMac)
}
