import { Secret } from "../domain/secret.ts"
import { rewrapContent } from "./rewrap-content.ts"
import { rekeyDatabase, type VaultDb } from "./vault-database.ts"
import { databaseKey, vaultKeys } from "./vault-keys.ts"
import { readVaultState } from "./vault-state.ts"

/** What a database needs to move to a new master key; plain data, so that a thread can be given it. */
export interface DatabaseRekey {
  readonly vaultId: string
  readonly rekeyId: string
  readonly finalHeaderMac: Uint8Array
  readonly actor: string
  /** Milliseconds since 1970. */
  readonly now: number
  /** Both are wiped when it is done. */
  readonly oldMasterKey: Uint8Array<ArrayBuffer>
  readonly masterKey: Uint8Array<ArrayBuffer>
  /** Whether its pages are under the new key already. */
  readonly arePagesMoved: boolean
}

/**
 * Moves first what the master key protects, then the pages. Each step is atomic and is skipped when it is done.
 * @returns which instance of the vault the database is
 */
export async function moveDatabase(db: VaultDb, rekey: DatabaseRekey): Promise<string> {
  using oldMasterKey = new Secret(rekey.oldMasterKey)
  using masterKey = new Secret(rekey.masterKey)
  const { vaultId } = rekey
  const keys = { old: vaultKeys(oldMasterKey, vaultId), next: vaultKeys(masterKey, vaultId) }
  await rewrapContent(db, keys, { ...rekey, now: () => rekey.now })
  if (!rekey.arePagesMoved) {
    using newKey = databaseKey(masterKey, vaultId)
    rekeyDatabase(db, newKey)
  }
  db.pragma("wal_checkpoint(TRUNCATE)")
  return readVaultState(db).instanceId
}
