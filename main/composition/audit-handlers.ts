import type { HandlersOf, InputOf, OutputOf } from "../../preload/contract/index.ts"
import { verifyExport } from "../store/audit-export.ts"
import { auditRows } from "../store/audit-log.ts"
import { toBase64 } from "../store/base64.ts"
import { walkChain } from "../store/chain-walk.ts"
import type { StoredVault } from "../store/stored-vault.ts"
import { makeAuditExport, writeAuditExport } from "../store/write-audit-export.ts"
import { findKey } from "../use-cases/key/find-key.ts"
import type { VaultSession } from "./vault-session.ts"

/** The handlers for the log. */
export function auditHandlers(session: VaultSession): HandlersOf<"audit"> {
  return {
    "audit.list": (input) => listRows(session.current(), input),
    "audit.verify": () => verifyLog(session.current()),
    "audit.verify-export": (input) => verifyExport("file" in input ? input.file : input.content, input.signer),
    "audit.export": ({ out, force }) =>
      out === undefined ? makeAuditExport(session.current()) : writeAuditExport(session.current(), out, force ?? false),
  }
}

function listRows(
  vault: StoredVault,
  { key, action, since, limit, cursor, newest: newestFirst = false }: InputOf<"audit.list">,
): OutputOf<"audit.list"> {
  const keyId = key === undefined ? undefined : findKey(vault, key).id
  const afterSeq = cursor === undefined ? undefined : Number(cursor)
  const rows = auditRows(vault.db, { keyId, action, since, afterSeq, limit: limit + 1, newestFirst })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page, ...(rows.length > limit && last !== undefined ? { next: String(last.seq) } : {}) }
}

async function verifyLog(vault: StoredVault): Promise<OutputOf<"audit.verify">> {
  const { rows, head, flaw } = await walkChain(vault.db, vault.derivedKeys.auditMac, vault.journal.head())
  return {
    ok: flaw === null,
    rows,
    head: { seq: head.seq, hash: toBase64(head.hash) },
    ...(flaw === null ? {} : { firstBad: flaw.seq, reason: flaw.reason }),
  }
}
