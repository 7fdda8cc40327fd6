import type { KeyObject } from "node:crypto"
import { equalBytes } from "../crypto/constant-time.ts"
import { hmacSha256, sha256 } from "../crypto/hmac.ts"
import type { Key } from "../domain/key.ts"
import { VaultError } from "../domain/vault-error.ts"
import { chainColumns, toChainRow } from "./audit-chain.ts"
import { bodyOf } from "./audit-rows.ts"
import { leafOf } from "./key-leaf.ts"
import type { RequireGenuine } from "./key-store.ts"
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
    const row = toChainRow(raw)
    const isOurs = equalBytes(sha256(row.hashed), row.hash) && equalBytes(hmacSha256(auditMac, row.hash), row.mac)
    if (!isOurs) throw new VaultError("INTEGRITY_FAILED", `audit row ${row.seq}, about key ${key.id}, was edited`)
    if (bodyOf(row).detail["leaves"] !== leafOf(db, key)) {
      throw new VaultError("INTEGRITY_FAILED", `the key ${key.id} is not as audit row ${row.seq} left it`)
    }
  }
}
