import type { Handlers, InputOf, OutputOf } from "../../preload/contract/index.ts"
import { verifyExport } from "../store/audit-export.ts"
import { auditRows } from "../store/audit-log.ts"
import { toBase64 } from "../store/base64.ts"
import { walkChain } from "../store/chain-walk.ts"
import { rotateKeyring } from "../store/keyring-rotation.ts"
import type { StoredVault } from "../store/stored-vault.ts"
import { writeAuditExport } from "../store/write-audit-export.ts"
import { findKey } from "../use-cases/key/find-key.ts"
import type { VaultSession } from "./vault-session.ts"

type AuditHandlers = Pick<Handlers, Extract<keyof Handlers, `audit.${string}` | `keyring.${string}`>>

/** The handlers for the log, and for keyrings. */
export function auditHandlers(session: VaultSession): AuditHandlers {
  return {
    "audit.list": (input) => listRows(session.current(), input),
    "audit.verify": () => verifyLog(session.current()),
    "audit.verify-export": ({ file, signer }) => verifyExport(file, signer),
    "audit.export": ({ out, force }) => writeAuditExport(session.current(), out, force ?? false),
    "keyring.list": () => {
      const { keyrings } = session.current()
      return { keyrings: keyrings.list().map((keyring) => ({ ...keyring, keys: keyrings.countKeys(keyring.id) })) }
    },
    "keyring.create": ({ name, purpose }) => {
      const { journal, keyrings } = session.current()
      return journal.record(() => {
        const keyring = keyrings.create(name, purpose)
        return {
          entry: { action: "keyring.create", target: name, detail: { keyringId: keyring.id, purpose } },
          result: { ...keyring, keys: 0 },
        }
      })
    },
    "keyring.rotate": async ({ name }) => {
      const vault = session.current()
      const rewrapped = await rotateKeyring(vault, vault.keyrings.find(name))
      const keyring = vault.keyrings.find(name)
      return { ...keyring, keys: vault.keyrings.countKeys(keyring.id), rewrapped }
    },
  }
}

function listRows(
  vault: StoredVault,
  { key, action, since, limit, cursor }: InputOf<"audit.list">,
): OutputOf<"audit.list"> {
  const keyId = key === undefined ? undefined : findKey(vault, key).id
  const rows = auditRows(vault.db, { keyId, action, since, afterSeq: Number(cursor ?? 0), limit: limit + 1 })
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
