import { equalBytes } from "../crypto/constant-time.ts"
import type { ChainHead } from "../domain/audit-entry.ts"
import type { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"
import { openVaultDatabase, type VaultDb } from "./vault-database.ts"
import type { VaultStores } from "./vault-stores.ts"

/**
 * The stores over a database that somebody else had meanwhile. Whoever changed the file changed it without the log.
 * @throws `INTEGRITY_FAILED`
 */
export function reopenedStores(
  path: string,
  pageKey: Secret,
  head: ChainHead,
  storesOver: (db: VaultDb) => VaultStores,
): VaultStores {
  const db = openVaultDatabase(path, pageKey)
  if (db === null) throw new VaultError("INTEGRITY_FAILED", "the database no longer opens with its key")
  try {
    const stores = storesOver(db)
    if (equalBytes(stores.journal.head().hash, head.hash)) return stores
    throw new VaultError("INTEGRITY_FAILED", "the database is another one than before")
  } catch (error) {
    db.close()
    throw error
  }
}
