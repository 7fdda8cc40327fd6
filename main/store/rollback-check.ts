import { VaultError } from "../domain/vault-error.ts"
import { chainRowAt } from "./audit-chain.ts"
import { judgeHeader, recordHeader } from "./header-history.ts"
import type { AnchorVerdict, RollbackAnchor } from "./rollback-anchor.ts"
import type { VaultDb } from "./vault-database.ts"

const wording: Readonly<Record<Exclude<AnchorVerdict, "unknown" | "agrees" | "failing">, string>> = {
  older: "it lacks changes that were made in it before",
  differs: "its log differs from the one seen before",
  unreadable: "the record of its newest state does not carry this vault's MAC",
  another: "a restored copy stands where another one stood before",
}

/**
 * Compares the vault with its anchor, and its header with those that the log knows.
 * @returns what the log should say of it
 * @throws `ROLLBACK_DETECTED` unless that is accepted; `IO_ERROR` when the anchor can't be read at present
 */
export function requireNoRollback(
  db: VaultDb,
  anchor: RollbackAnchor,
  headerMac: Uint8Array,
  isAccepted: boolean,
): readonly string[] {
  const notes: string[] = []
  const verdict = anchor.judge((seq) => chainRowAt(db, seq)?.hash ?? null)
  if (verdict === "failing") throw new VaultError("IO_ERROR", "the record of its newest state can't be read: try again")
  if (verdict !== "unknown" && verdict !== "agrees") {
    if (!isAccepted) throw new VaultError("ROLLBACK_DETECTED", wording[verdict])
    notes.push(`rollback-accepted: ${verdict}`)
  }
  const header = judgeHeader(db, headerMac)
  if (header === "older" && !isAccepted) {
    throw new VaultError(
      "ROLLBACK_DETECTED",
      "its header was replaced by a newer one before: an old passphrase may open it",
    )
  }
  if (header !== "current") {
    notes.push(header === "older" ? "rollback-accepted: header" : "header-change-completed")
    recordHeader(db, headerMac)
  }
  return notes
}
