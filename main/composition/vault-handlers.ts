import { statSync } from "node:fs"
import type { Handlers } from "../../preload/contract/index.ts"
import { Secret } from "../domain/secret.ts"
import { backupIdIn } from "../store/backup-file.ts"
import { backupVault } from "../store/backup-vault.ts"
import { toBase64 } from "../store/base64.ts"
import { createStoredVault } from "../store/create-stored-vault.ts"
import { restoreVault } from "../store/restore-vault.ts"
import { verifyVault } from "../store/verify-vault.ts"
import { chooseKdf } from "./choose-kdf.ts"
import { credentialOf, disposeCredential } from "./credential.ts"
import type { VaultSession } from "./vault-session.ts"

type VaultHandlers = Pick<
  Handlers,
  | "vault.create"
  | "vault.unlock"
  | "vault.lock"
  | "vault.verify"
  | "vault.backup"
  | "vault.restore"
  | "vault.backups"
  | "vault.compact"
>

/** The handlers for a vault as a whole; its keyslots have their own. */
export function vaultHandlers(session: VaultSession): VaultHandlers {
  return {
    "vault.create": async (input) => {
      using passphrase = new Secret(input.passphrase)
      const { kdf, unlockMs } = await chooseKdf(input.kdf)
      const { path, label, recovery } = input
      const created = await createStoredVault({ path, passphrase, kdf, label, recovery }, session.surroundings)
      return {
        vaultId: created.vaultId,
        path: created.path,
        kdf,
        unlockMs,
        ...(created.shares === null ? {} : { recoveryShares: created.shares.map(({ bytes }) => bytes) }),
      }
    },
    "vault.unlock": async (input) => {
      const credential = credentialOf(input)
      try {
        const { vault, failedAttempts, resumed, clock } = await session.unlock(
          input.path,
          credential,
          input.acceptRollback ?? false,
        )
        return { vaultId: vault.vaultId, failedAttempts, resumed: [...resumed], clock }
      } finally {
        disposeCredential(credential)
      }
    },
    "vault.lock": async () => {
      await session.lock()
      return { locked: true }
    },
    "vault.verify": () => verifyVault(session.current()),
    "vault.backup": async ({ out, force }) => {
      const vault = session.current()
      const { path, keys, versions, auditSeq, auditHash } = await backupVault(vault, out, force ?? false)
      return { path, keys, versions, auditHead: { seq: auditSeq, hash: toBase64(auditHash) }, verified: true }
    },
    "vault.restore": async (input) => {
      const credential = credentialOf(input)
      try {
        const { auditHead, ...restored } = await restoreVault(input.file, input.to, credential, session.surroundings)
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
    "vault.compact": async () => {
      const vault = session.current()
      const { directory } = vault
      const bytesBefore = statSync(directory.database).size
      vault.journal.purge()
      await vault.longCall("compact", undefined)
      vault.journal.record(() => ({ entry: { action: "vault.compact", target: null }, result: undefined }))
      vault.journal.purge()
      return { bytesBefore, bytesAfter: statSync(directory.database).size }
    },
  }
}
