import { realpathSync } from "node:fs"
import type { OutputOf } from "../../preload/contract/index.ts"
import { hardenProcess, memoryProtection } from "../platform/native-memory.ts"
import { signerName } from "../store/audit-export.ts"
import { auditRowCount } from "../store/audit-log.ts"
import { auditPublicKey } from "../store/audit-signer.ts"
import { summaryOf } from "../store/keyslots.ts"
import type { StoredVault } from "../store/stored-vault.ts"
import { readableHeader } from "../store/unlock-header.ts"
import { existingVaultDirectory } from "../store/vault-directory.ts"
import { countedRows } from "../store/vault-state.ts"
import type { VaultSession } from "./vault-session.ts"

/** The header of a vault and what the platform does for secrets; counts only while it is unlocked. */
export function vaultInfo(session: VaultSession, path: string): OutputOf<"vault.info"> {
  const directory = existingVaultDirectory(path)
  const isOpen = session.isUnlocked() && session.current().path === realpathSync(directory.path)
  const { vaultId, label, version, createdAt, keyslots } = isOpen ? session.current().header : readableHeader(directory)
  const { coreDumps, debugger: debuggers } = hardenProcess()
  return {
    vaultId,
    ...(label === undefined ? {} : { label }),
    version,
    path: directory.path,
    createdAt,
    keyslots: keyslots.map(summaryOf),
    locked: !isOpen,
    ...(isOpen ? inside(session.current()) : {}),
    memory: { ...memoryProtection(), coreDumps, debugger: debuggers },
  }
}

function inside({
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
