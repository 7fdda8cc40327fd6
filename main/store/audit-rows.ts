import { z } from "zod"
import { VaultError } from "../domain/vault-error.ts"
import { AuditBody, type ChainRow, lastChainRow } from "./audit-chain.ts"
import type { VaultDb } from "./vault-database.ts"

/** The body of a row, parsed. @throws `INTEGRITY_FAILED` naming the row */
export function bodyOf(row: ChainRow): AuditBody {
  try {
    return AuditBody.parse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(row.hashed.subarray(32))))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError || error instanceof z.ZodError) {
      throw new VaultError("INTEGRITY_FAILED", `audit row ${row.seq}`)
    }
    throw error
  }
}

/** RFC 3339 UTC; empty before the first row. */
export function timeOfLastRow(db: VaultDb): string {
  const last = lastChainRow(db)
  return last === null ? "" : bodyOf(last).at
}
