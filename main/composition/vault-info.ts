import { realpathSync } from "node:fs"
import type { OutputOf } from "../../preload/contract/index.ts"
import { protection } from "../platform/native-memory.ts"
import { readableHeader } from "../store/header-copies.ts"
import { summaryOf } from "../store/keyslot-kinds.ts"
import { existingVaultDirectory } from "../store/vault-directory.ts"
import type { VaultSession } from "./vault-session.ts"

/** The header of a vault and what the platform does for secrets; counts only while it is unlocked. */
export async function vaultInfo(session: VaultSession, path: string): Promise<OutputOf<"vault.info">> {
  const directory = existingVaultDirectory(path)
  const isOpen = session.isUnlocked() && session.current().path === realpathSync(directory.path)
  const { vaultId, label, version, createdAt, keyslots } = isOpen ? session.current().header : readableHeader(directory)
  const waitMs = isOpen ? 0 : Math.ceil(session.attemptsAt(vaultId).waitMs())
  return {
    vaultId,
    ...(label === undefined ? {} : { label }),
    version,
    path: directory.path,
    createdAt,
    keyslots: keyslots.map(summaryOf),
    locked: !isOpen,
    ...(waitMs === 0 ? {} : { waitMs }),
    ...(isOpen ? await inside(session) : {}),
    memory: protection(),
  }
}

/** A locked vault is asked about far more often: what looks inside is loaded for an open one only. */
async function inside(session: VaultSession): Promise<Pick<OutputOf<"vault.info">, "counts" | "auditKey">> {
  const { insideOf } = await import("./inside-vault.ts")
  return insideOf(session.current())
}
