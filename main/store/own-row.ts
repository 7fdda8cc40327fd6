import type { KeyObject } from "node:crypto"
import { equalBytes } from "../crypto/constant-time.ts"
import { hmacSha256, sha256 } from "../crypto/hmac.ts"
import { VaultError } from "../domain/vault-error.ts"
import { type AuditBody, toChainRow } from "./audit-chain.ts"
import { bodyOf } from "./audit-rows.ts"

interface OwnRow {
  readonly seq: number
  readonly body: AuditBody
}

/** A row of the log that the vault wrote itself. @param about - what it says something of @throws `INTEGRITY_FAILED` */
export function ownRow(raw: unknown, auditMac: KeyObject, about: string): OwnRow {
  const row = toChainRow(raw)
  const isOurs = equalBytes(sha256(row.hashed), row.hash) && equalBytes(hmacSha256(auditMac, row.hash), row.mac)
  if (!isOurs) throw new VaultError("INTEGRITY_FAILED", `audit row ${row.seq}, about ${about}, was edited`)
  return { seq: row.seq, body: bodyOf(row) }
}
