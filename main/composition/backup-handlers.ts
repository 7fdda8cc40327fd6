import type { Handlers, InputOf, OutputOf } from "../../preload/contract/index.ts"
import type { BackupDrill, BackupRecord } from "../domain/backup-register.ts"
import type { TokenPort } from "../domain/token-port.ts"
import { stateOfBackupFile } from "../store/backup-file.ts"
import { backupVault } from "../store/backup-vault.ts"
import { toBase64 } from "../store/base64.ts"
import { drillBackup } from "../store/drill-backup.ts"
import { noteBackupDestroyed } from "../store/note-backup-destroyed.ts"
import { restoreVault } from "../store/restore-vault.ts"
import type { StoredVault } from "../store/stored-vault.ts"
import { backupsHolding } from "../use-cases/key/backups-holding.ts"
import { findKey } from "../use-cases/key/find-key.ts"
import { credentialOf, disposeCredential } from "./credential.ts"
import type { LongWorks } from "./long-works.ts"
import type { VaultSession } from "./vault-session.ts"

type Tokens = () => Promise<TokenPort>
type BackupHandlers = Pick<
  Handlers,
  "vault.backup" | "vault.backup-destroyed" | "vault.restore" | "vault.drill" | "vault.backups"
>

const nothing = { count: 0, keys: [] }

/** More are counted, and not named. */
const namedDestroyed = 100

/** The handlers for backups. */
export function backupHandlers(session: VaultSession, longWorks: LongWorks, tokens: Tokens): BackupHandlers {
  return {
    "vault.backup": async ({ out, force }) => {
      const vault = session.current()
      const { path, keys, versions, auditSeq, auditHash } = await longWorks.run("vault.backup", (work) =>
        backupVault(vault, out, force ?? false, work),
      )
      return { path, keys, versions, auditHead: { seq: auditSeq, hash: toBase64(auditHash) }, verified: true }
    },
    "vault.restore": async (input) => {
      const credential = credentialOf(input, tokens)
      try {
        const { auditHead, ...restored } = await longWorks.run("vault.restore", (work) =>
          restoreVault(input.file, input.to, credential, session.surroundings, work),
        )
        return { ...restored, auditHead: { seq: auditHead.seq, hash: toBase64(auditHead.hash) }, verified: true }
      } finally {
        disposeCredential(credential)
        // Nobody stays logged in while no vault is open.
        if (credential.kind === "token" && !session.isUnlocked()) (await tokens()).close()
      }
    },
    "vault.drill": async (input) => {
      const credential = credentialOf(input, tokens)
      try {
        const vault = session.current()
        // A backup is as good for guessing at a passphrase as the vault.
        const drilled = await session.patiently(() =>
          longWorks.run("vault.drill", (work) => drillBackup(vault, input, credential, session.surroundings, work)),
        )
        const { id, path, createdAt, keys, versions } = drilled
        return { id, path, createdAt, keys, versions, ...inWords(drilled) }
      } finally {
        disposeCredential(credential)
      }
    },
    "vault.backup-destroyed": (input) => noteBackupDestroyed(session.current(), input),
    "vault.backups": (input) => listBackups(session.current(), input),
  }
}

function listBackups(vault: StoredVault, { holding, version }: InputOf<"vault.backups">): OutputOf<"vault.backups"> {
  const records =
    holding === undefined ? vault.backups.list() : backupsHolding(vault, findKey(vault, holding), version ?? null)
  const drills = vault.backups.drills()
  return { backups: records.map((record) => entryOf(vault, record, drills.get(record.id))) }
}

function entryOf(
  vault: StoredVault,
  record: BackupRecord,
  drill: BackupDrill | undefined,
): OutputOf<"vault.backups">["backups"][number] {
  const { destruction, ...about } = record
  const found = stateOfBackupFile(record.path, record.id)
  const isGone = destruction !== null && (found === "missing" || found === "replaced")
  const { count, keys } = isGone ? nothing : vault.backups.destroyedIn(record.id, namedDestroyed)
  return {
    ...about,
    present: found === "there",
    file: isGone ? "destroyed" : found,
    ...(destruction === null ? {} : { destruction }),
    verifiedAt: verifiedAt(record, drill),
    ...(drill === undefined ? {} : { drill: inWords(drill) }),
    destroyed: { count, keys: keys.map((key) => ({ ...key, versions: [...key.versions] })) },
  }
}

/** It was proven when it was made. */
function verifiedAt({ createdAt }: BackupRecord, drill: BackupDrill | undefined): string | null {
  if (drill === undefined) return createdAt
  return drill.problem === null ? drill.at : null
}

function inWords({ at, problem }: BackupDrill): { at: string; ok: boolean; problem?: string } {
  return problem === null ? { at, ok: true } : { at, ok: false, problem }
}
