import type { HandlersOf, InputOf, OutputOf } from "../../preload/contract/index.ts"
import type { LocalTime } from "../domain/unusual-use.ts"
import { verifyExport } from "../store/audit-export.ts"
import { auditRows } from "../store/audit-log.ts"
import { toBase64 } from "../store/base64.ts"
import { walkChain } from "../store/chain-walk.ts"
import { summarizeLog } from "../store/log-summary.ts"
import type { StoredVault } from "../store/stored-vault.ts"
import { makeAuditExport, writeAuditExport } from "../store/write-audit-export.ts"
import { findKey } from "../use-cases/key/find-key.ts"
import { packForAuditor } from "./audit-pack.ts"
import { noteUnusual, watchThresholds } from "./unusual-notes.ts"
import type { VaultSession } from "./vault-session.ts"

/** The handlers for the log. */
export function auditHandlers(session: VaultSession): HandlersOf<"audit"> {
  return {
    "audit.list": (input) => listRows(session.current(), input),
    "audit.summary": ({ limit }) => summary(session.current(), limit),
    "audit.verify": () => verifyLog(session.current()),
    "audit.verify-export": (input) => verifyExport("file" in input ? input.file : input.content, input.signer),
    "audit.pack": packForAuditor(session),
    "audit.export": ({ out, force }) =>
      out === undefined ? makeAuditExport(session.current()) : writeAuditExport(session.current(), out, force ?? false),
  }
}

async function listRows(
  vault: StoredVault,
  { key, limit, cursor, newest: newestFirst = false, ...conditions }: InputOf<"audit.list">,
): Promise<OutputOf<"audit.list">> {
  const keyId = key === undefined ? undefined : findKey(vault, key).id
  const afterSeq = cursor === undefined ? undefined : Number(cursor)
  const rows = await auditRows(vault, { ...conditions, keyId, afterSeq, limit: limit + 1, newestFirst })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page, ...(rows.length > limit && last !== undefined ? { next: String(last.seq) } : {}) }
}

async function summary(vault: StoredVault, limit: number): Promise<OutputOf<"audit.summary">> {
  const { rows, actors, actions, unusual, noted } = await summarizeLog(vault, timeHere, watchThresholds(vault))
  noteUnusual(vault, unusual, noted)
  return {
    rows,
    actors: [...actors].map(([actor, count]) => ({ actor, rows: count })),
    actions: [...actions].map(([action, count]) => ({ action, rows: count })),
    unusual: unusual.slice(0, limit).map(({ keyId, from, to, ...found }) => ({
      ...found,
      key: keyId === null ? null : (vault.keys.findById(keyId)?.name ?? null),
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
    })),
    unusualCount: unusual.length,
  }
}

/** On this machine: its time zone is where the vault is worked with. */
function timeHere(at: number): LocalTime {
  const time = new Date(at)
  return { day: time.getFullYear() * 366 + time.getMonth() * 31 + time.getDate(), hour: time.getHours() }
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
