import type { Removed } from "../../preload/contract/removed.ts"
import type { VaultSession } from "./vault-session.ts"

/** Notes that the vault locks because something was removed. No disk that is full keeps it open. */
export function logRemoval(session: VaultSession, removed: Removed): void {
  if (!session.isUnlocked()) return
  const entry = { action: "vault.lock", target: null, detail: { removed } }
  try {
    session.current().journal.record(() => ({ entry, result: undefined }))
  } catch {
    // Who pulled it out wants the vault locked, and no row.
  }
}
