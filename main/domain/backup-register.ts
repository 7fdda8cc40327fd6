export interface BackupRecord {
  readonly id: string
  readonly path: string
  readonly createdAt: string
  readonly keys: number
  readonly versions: number
  /** The snapshot's last row in the log. */
  readonly auditSeq: number
  /** That a person says that all copies of it are destroyed; `null` for one of which nobody said so. */
  readonly destruction: BackupDestruction | null
}

export interface BackupDestruction {
  /** RFC 3339 UTC. */
  readonly at: string
  readonly reason: string
}

/** How the last restore drill of a backup ended. */
export interface BackupDrill {
  readonly at: string
  /** What was wrong with the backup; `null` when it restored. */
  readonly problem: string | null
}

/** A key of which a backup holds what the vault has destroyed. */
export interface DestroyedInBackup {
  readonly name: string
  readonly versions: readonly number[]
  readonly destroyedAt: string
}

export interface BackupRegister {
  list(): BackupRecord[]
  find(id: string): BackupRecord | null
  /** @param auditHash - of the snapshot's last row, 32 bytes */
  add(backup: Omit<BackupRecord, "destruction">, auditHash: Uint8Array): void
  /** Whether one is being made, of which `holding` does not know yet. */
  isBeingMade(): boolean
  /** It was found elsewhere. */
  move(id: string, path: string): void
  /** Says of a backup that it is destroyed, or that it is not after all. */
  noteDestruction(id: string, destruction: BackupDestruction | null): void
  /** Of each backup that was ever tried, by its id. */
  drills(): ReadonlyMap<string, BackupDrill>
  noteDrill(id: string, drill: BackupDrill): void
  /**
   * The backups made while the material of that version, or of any version of the key, was there; also those that are destroyed.
   * @param destroyedBy - the row of the log that destroyed it: what was backed up before that row holds it, whatever the clock said
   */
  holding(keyId: string, version: number | null, destroyedBy?: number): BackupRecord[]
  /** The keys that were destroyed, wholly or in part, after a backup that holds them: their number, and those destroyed last. */
  destroyedIn(id: string, limit: number): { readonly count: number; readonly keys: readonly DestroyedInBackup[] }
}
