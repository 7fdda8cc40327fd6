import type { AuditEntry, ChainHead, Json } from "../domain/audit-entry.ts"
import type { Attested, OpenVault } from "../domain/open-vault.ts"
import type { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"
import { signedStatement } from "./audit-signer.ts"
import { callInThread } from "./call-in-thread.ts"
import { recordHeader } from "./header-history.ts"
import { isSmall, type LongCallInput, type LongCallName, type LongCallResult, makeLongCall } from "./long-calls.ts"
import { reopenedStores } from "./reopened-stores.ts"
import type { RollbackAnchor } from "./rollback-anchor.ts"
import { SoleUse } from "./sole-use.ts"
import { StoresInUse } from "./stores-in-use.ts"
import type { SecretKeeper, Surroundings } from "./surroundings.ts"
import { StoredTokenSlots } from "./token-slot-register.ts"
import { neverBackwards } from "./vault-clock.ts"
import type { VaultDb } from "./vault-database.ts"
import type { VaultDirectory } from "./vault-directory.ts"
import { encodeHeader, parseHeader, type VaultHeader, writeHeader } from "./vault-header.ts"
import { databaseKey, type VaultKeys } from "./vault-keys.ts"
import { readVaultState, type VaultState } from "./vault-state.ts"
import { newSessionMemory, storesOver, type VaultStores } from "./vault-stores.ts"

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
  readonly tokens: NonNullable<Surroundings["tokens"]>
}

/** A vault that is unlocked: the stores over its database, and its header. */
export class StoredVault extends StoresInUse implements OpenVault {
  readonly directory: VaultDirectory
  readonly masterKey: SecretKeeper
  readonly now: () => number
  readonly derivedKeys: VaultKeys
  readonly soleUse = new SoleUse()
  readonly tokenSlots = new StoredTokenSlots(this)
  readonly #storesOver: (db: VaultDb) => VaultStores
  readonly #lock: Disposable
  readonly #closing = new AbortController()
  /** Tells when it is being closed. */
  readonly closing: AbortSignal = this.#closing.signal
  #header: VaultHeader
  /** `null` while a thread has the database. */
  #stores: VaultStores | null
  #thread: Promise<unknown> | null = null
  #released: Promise<void> = Promise.resolve()

  constructor(parts: StoredVaultParts) {
    super()
    const { directory, lock, db, header, masterKey, keys, anchor, actor, now, tokens } = parts
    this.directory = directory
    this.masterKey = masterKey
    this.now = neverBackwards(now, readVaultState(db).clock)
    this.derivedKeys = keys
    this.#lock = lock
    this.#header = header
    const onCommit = (head: ChainHead): void => anchor.remember(head)
    const memory = newSessionMemory()
    this.#storesOver = (over) =>
      storesOver(over, { vaultId: header.vaultId, derivedKeys: keys, actor, now, onCommit, memory, tokens })
    this.#stores = this.#storesOver(db)
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

  /**
   * Makes a long call of SQLite: in a small vault here, in a large one in a thread. SQLite's lock allows one connection,
   * so the thread takes the database over: operations that go on are waited for, and those that come later wait.
   * @throws `VAULT_LOCKED` when the vault was closed meanwhile
   */
  longCall<Name extends LongCallName>(call: Name, input: LongCallInput<Name>): Promise<LongCallResult<Name>> {
    return this.soleUse.alone(async () => {
      if (this.journal.isGrouping()) throw new Error("a group would end with its connection")
      if (isSmall(this.db)) return await makeLongCall(this.db, call, input)
      const calling = this.#callInThread(call, input)
      this.#thread = calling
      try {
        return await calling
      } finally {
        this.#thread = null
      }
    })
  }

  copyTo(path: string): Promise<VaultState> {
    return this.longCall("copyTo", path)
  }

  async #callInThread<Name extends LongCallName>(
    call: Name,
    input: LongCallInput<Name>,
  ): Promise<LongCallResult<Name>> {
    using pageKey = this.#pageKey()
    const head = this.journal.head()
    this.db.close()
    this.#stores = null
    const { signal } = this.#closing
    try {
      return await callInThread(this.directory.database, pageKey, call, input, { signal })
    } finally {
      if (!signal.aborted) this.#takeBack(pageKey, head)
    }
  }

  #pageKey(): Secret {
    using masterKey = this.masterKey.open()
    return databaseKey(masterKey, this.vaultId)
  }

  #takeBack(pageKey: Secret, head: ChainHead): void {
    try {
      this.#stores = reopenedStores(this.directory.database, pageKey, head, this.#storesOver)
    } catch (error) {
      this.close()
      throw error
    }
  }

  attest<Statement extends Json>(statement: Statement): Attested<Statement> {
    return signedStatement(this.db, this.derivedKeys.auditSigning, this.vaultId, statement)
  }

  /** Whether it was closed, or closed itself because its database came back as another one. */
  get isClosed(): boolean {
    return this.#closing.signal.aborted
  }

  /** Wipes what is secret. A thread that has the database is stopped: `released` tells when it has ended. */
  close(): void {
    if (this.isClosed) return
    const stores = this.#stores
    this.#stores = null
    this.#closing.abort()
    try {
      if (stores?.journal.isGrouping() === true) stores.journal.rollback()
      stores?.db.close()
    } finally {
      this.masterKey[Symbol.dispose]()
      this.#release()
    }
  }

  /** When nothing of this has to do with the vault's files any longer. */
  released(): Promise<void> {
    return this.#released
  }

  /** Until its thread has ended, nobody else may begin with the files. */
  #release(): void {
    const release = (): void => this.#lock[Symbol.dispose]()
    if (this.#thread === null) release()
    else this.#released = this.#thread.then(release, release)
  }

  protected override get inUse(): VaultStores {
    if (this.#stores !== null) return this.#stores
    throw new VaultError(this.isClosed ? "VAULT_LOCKED" : "VAULT_BUSY")
  }
}
