import type { KeyObject } from "node:crypto"
import { equalBytes } from "../crypto/constant-time.ts"
import { Turns } from "../crypto/turns.ts"
import type { ChainHead } from "../domain/audit-entry.ts"
import { type ChainRow, chainPages, flawOf, genesis, toChainRow } from "./audit-chain.ts"
import type { VaultDb } from "./vault-database.ts"

/** What walking the log found. */
export interface ChainFindings {
  readonly rows: number
  readonly head: ChainHead
  /** The first row that is not as it was written, and what is wrong with it. */
  readonly flaw: { readonly seq: number; readonly reason: string } | null
}

/**
 * Verifies the log row by row: numbers, hashes, MACs, and that it ends where the vault says it ends.
 * @param onRow - told of every good row
 */
export async function walkChain(
  db: VaultDb,
  auditMac: KeyObject,
  end: ChainHead,
  onRow: (row: ChainRow) => void = () => undefined,
): Promise<ChainFindings> {
  const turns = new Turns()
  let head = genesis
  let rows = 0
  walk: for (const page of chainPages(db)) {
    for (const raw of page) {
      const parsed = readRow(raw)
      const reason = parsed === null ? "is malformed" : flawOf(parsed, head, auditMac)
      if (parsed === null || reason !== null) return { rows, head, flaw: { seq: head.seq + 1, reason: reason ?? "" } }
      onRow(parsed)
      head = { seq: parsed.seq, hash: parsed.hash }
      rows += 1
      // Rows that are added while this goes on are not what was asked about.
      if (head.seq === end.seq) break walk
      await turns.breathe()
    }
  }
  const isWhole = head.seq === end.seq && equalBytes(head.hash, end.hash)
  return { rows, head, flaw: isWhole ? null : { seq: head.seq + 1, reason: `the log should end at row ${end.seq}` } }
}

function readRow(raw: unknown): ChainRow | null {
  try {
    return toChainRow(raw)
  } catch {
    return null
  }
}
