import type { AuditEntry } from "../domain/audit-entry.ts"
import { type BelievedClock, clockAfter } from "../domain/believed-clock.ts"
import type { OpenVault } from "../domain/open-vault.ts"
import { VaultError } from "../domain/vault-error.ts"
import { StoredBackups } from "./backup-register.ts"
import { genuineKeys } from "./genuine-keys.ts"
import { recordHeader } from "./header-history.ts"
import { StoredJournal } from "./journal.ts"
import { KeySearch } from "./key-search.ts"
import { StoredKeys } from "./key-store.ts"
import { KeyringKeks } from "./keyring-keks.ts"
import { StoredKeyrings } from "./keyring-store.ts"
import { StoredMaterials } from "./material-store.ts"
import type { RollbackAnchor } from "./rollback-anchor.ts"
import { StoredSeeds } from "./seed-register.ts"
import type { SecretKeeper } from "./surroundings.ts"
import type { VaultDb } from "./vault-database.ts"
import type { VaultDirectory } from "./vault-directory.ts"
import { encodeHeader, parseHeader, type VaultHeader, writeHeader } from "./vault-header.ts"
import type { VaultKeys } from "./vault-keys.ts"
import { readVaultState } from "./vault-state.ts"

export interface StoredVaultParts {
  readonly directory: VaultDirectory
  readonly lock: Disposable
  readonly db: VaultDb
  readonly header: VaultHeader
  readonly masterKey: SecretKeeper
  readonly keys: VaultKeys
  readonly anchor: RollbackAnchor
  readonly actor: string
  readonly now: () => number
}

/** A vault that is unlocked: the stores over its database, and its header. */
export class StoredVault implements OpenVault {
  readonly directory: VaultDirectory
  readonly db: VaultDb
  readonly keys: StoredKeys
  readonly materials: StoredMaterials
  readonly keyrings: StoredKeyrings
  readonly journal: StoredJournal
  readonly backups: StoredBackups
  readonly seeds: StoredSeeds
  readonly masterKey: SecretKeeper
  readonly now: () => number
  readonly keks: KeyringKeks
  readonly derivedKeys: VaultKeys
  readonly #lock: Disposable
  #header: VaultHeader

  constructor(parts: StoredVaultParts) {
    const { directory, lock, db, header, masterKey, keys, anchor, actor, now } = parts
    this.directory = directory
    this.db = db
    this.masterKey = masterKey
    this.now = neverBackwards(now, readVaultState(db).clock)
    this.derivedKeys = keys
    this.#lock = lock
    this.#header = header
    this.keks = new KeyringKeks(db, header.vaultId, keys.keyringKek)
    const search = new KeySearch(db)
    this.keys = new StoredKeys(db, search, genuineKeys(db, keys.auditMac))
    this.materials = new StoredMaterials(db, header.vaultId, this.keks)
    this.keyrings = new StoredKeyrings(db, this.keks, now)
    this.backups = new StoredBackups(db)
    this.seeds = new StoredSeeds(db)
    this.journal = new StoredJournal({
      db,
      search,
      auditMac: keys.auditMac,
      actor,
      now,
      digestOf: (keyId) => this.keys.digestOf(keyId),
      onCommit: (head) => anchor.remember(head),
    })
  }

  get vaultId(): string {
    return this.#header.vaultId
  }

  get path(): string {
    return this.directory.path
  }

  get header(): VaultHeader {
    return this.#header
  }

  /**
   * Replaces the header, with its row in the log. The header is written before the transaction ends: when either fails
   * the old one is put back, and a crash in between is noticed, and logged, by the next opening.
   */
  changeHeader(header: VaultHeader, entry: AuditEntry): void {
    // After close the files belong to whoever opened them next.
    if (!this.db.open) throw new VaultError("VAULT_LOCKED")
    if (this.journal.isGrouping())
      throw new Error("a header can't be changed in a group: it could not be undone with it")
    const { mac } = parseHeader(encodeHeader(header, this.derivedKeys.headerMac))
    let isTouched = false
    try {
      this.journal.record(() => {
        recordHeader(this.db, mac)
        isTouched = true
        writeHeader(this.directory, header, this.derivedKeys.headerMac)
        return { entry, result: undefined }
      })
    } catch (error) {
      if (isTouched) writeHeader(this.directory, this.#header, this.derivedKeys.headerMac)
      throw error
    }
    this.#header = header
  }

  close(): void {
    try {
      if (this.journal.isGrouping()) this.journal.rollback()
      this.db.close()
    } finally {
      this.masterKey[Symbol.dispose]()
      this.#lock[Symbol.dispose]()
    }
  }
}

/** What has ended has ended: it does not begin again when the machine's clock is set back. A jump ahead is not followed for good. */
function neverBackwards(now: () => number, last: BelievedClock): () => number {
  let clock = last
  return () => {
    const present = now()
    clock = clockAfter(clock, present)
    return Math.max(clock.believed ?? present, present)
  }
}
