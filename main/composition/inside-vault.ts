import type { OutputOf } from "../../preload/contract/index.ts"
import { signerName } from "../store/audit-export.ts"
import { auditRowCount } from "../store/audit-log.ts"
import { auditPublicKey } from "../store/audit-signer.ts"
import type { StoredVault } from "../store/stored-vault.ts"
import { countedRows } from "../store/vault-state.ts"

/** What can be known of a vault only while it is open. */
export function insideOf({
  db,
  keyrings,
  derivedKeys,
  vaultId,
}: StoredVault): Pick<OutputOf<"vault.info">, "counts" | "auditKey"> {
  return {
    counts: { ...countedRows(db), keyrings: keyrings.list().length, auditRows: auditRowCount(db) },
    auditKey: signerName(auditPublicKey(db, derivedKeys.auditSigning, vaultId)),
  }
}
