import { z } from "zod"
import { VaultError } from "../domain/vault-error.ts"
import { AuditBody, type ChainRow } from "./audit-chain.ts"

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
