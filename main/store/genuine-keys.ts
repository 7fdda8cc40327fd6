import type { KeyObject } from "node:crypto"
import type { Key } from "../domain/key.ts"
import { VaultError } from "../domain/vault-error.ts"
import { chainColumns } from "./audit-chain.ts"
import { leafOf } from "./key-leaf.ts"
import type { RequireGenuine } from "./key-store.ts"
import { ownRow } from "./own-row.ts"
import type { VaultDb } from "./vault-database.ts"

/**
 * Compares a key that was read with what the log's newest row about it says was left behind. An edited row or an
 * older page that was put back in the inventory does not agree with the log.
 */
export function genuineKeys(db: VaultDb, auditMac: KeyObject): RequireGenuine {
  const newest = db
    .prepare<[string]>(`SELECT ${chainColumns} FROM audit WHERE key_id = ? ORDER BY seq DESC LIMIT 1`)
    .raw()
  return (key: Key): void => {
    const raw = newest.get(key.id)
    if (raw === undefined) throw new VaultError("INTEGRITY_FAILED", `the log knows no key ${key.id}`)
    const { seq, body } = ownRow(raw, auditMac, `key ${key.id}`)
    if (body.detail["leaves"] !== leafOf(db, key)) {
      throw new VaultError("INTEGRITY_FAILED", `the key ${key.id} is not as audit row ${seq} left it`)
    }
  }
}
