import type { Handlers } from "../../preload/contract/index.ts"
import { backupIdIn } from "../store/backup-file.ts"
import { backupVault } from "../store/backup-vault.ts"
import { toBase64 } from "../store/base64.ts"
import { restoreVault } from "../store/restore-vault.ts"
import { credentialOf, disposeCredential } from "./credential.ts"
import type { LongWorks } from "./long-works.ts"
import type { VaultSession } from "./vault-session.ts"

type BackupHandlers = Pick<Handlers, "vault.backup" | "vault.restore" | "vault.backups">

/** The handlers for a vault's backups. */
export function backupHandlers(session: VaultSession, longWorks: LongWorks): BackupHandlers {
  return {
    "vault.backup": async ({ out, force }) => {
      const vault = session.current()
      const { path, keys, versions, auditSeq, auditHash } = await longWorks.run((work) =>
        backupVault(vault, out, force ?? false, work),
      )
      return { path, keys, versions, auditHead: { seq: auditSeq, hash: toBase64(auditHash) }, verified: true }
    },
    "vault.restore": async (input) => {
      const credential = credentialOf(input)
      try {
        const { auditHead, ...restored } = await longWorks.run((work) =>
          restoreVault(input.file, input.to, credential, session.surroundings, work),
        )
        return { ...restored, auditHead: { seq: auditHead.seq, hash: toBase64(auditHead.hash) }, verified: true }
      } finally {
        disposeCredential(credential)
      }
    },
    "vault.backups": () => ({
      backups: session
        .current()
        .backups.list()
        .map((backup) => ({ ...backup, present: backupIdIn(backup.path) === backup.id })),
    }),
  }
}
