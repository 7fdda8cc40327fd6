import type { KeyObject } from "node:crypto"
import { VaultError } from "../domain/vault-error.ts"
import { chainRowAt, flawOf, genesis, lastChainRow } from "./audit-chain.ts"
import { bodyOf } from "./audit-rows.ts"
import type { VaultDb } from "./vault-database.ts"
import { countedRows, readVaultState, type VaultState } from "./vault-state.ts"

/**
 * What is compared each time a vault is opened: the state record with the log's last row, its generation, and the
 * counts. Page MACs prove that a page is genuine, not that it is the newest; this notices most of what they miss, at
 * a cost that does not grow with the log. `vault verify` looks at everything.
 * @throws `INTEGRITY_FAILED` naming what does not fit
 */
export function checkOpening(db: VaultDb, auditMac: KeyObject): VaultState {
  const state = readVaultState(db)
  const last = lastChainRow(db)
  if ((last?.seq ?? 0) !== state.head.seq) {
    throw new VaultError("INTEGRITY_FAILED", `the log ends at row ${last?.seq ?? 0}, not at row ${state.head.seq}`)
  }
  if (last !== null) {
    const before = chainRowAt(db, last.seq - 1)
    const previous = before === null ? genesis : { seq: before.seq, hash: before.hash }
    const flaw = flawOf(last, previous, auditMac)
    if (flaw !== null) throw new VaultError("INTEGRITY_FAILED", `audit row ${last.seq} ${flaw}`)
    if (bodyOf(last).detail["generation"] !== state.generation) {
      throw new VaultError("INTEGRITY_FAILED", "the generation counter and the log do not agree")
    }
  }
  const counted = countedRows(db)
  if (counted.keys !== state.keys || counted.versions !== state.versions) {
    throw new VaultError("INTEGRITY_FAILED", "the inventory does not hold as many keys or versions as were recorded")
  }
  return state
}
