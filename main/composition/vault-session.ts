import type { Secret } from "../domain/secret.ts"
import { Session } from "../domain/session.ts"
import { VaultError } from "../domain/vault-error.ts"
import type { OpenedVault } from "../store/open-stored-vault.ts"
import type { StoredVault } from "../store/stored-vault.ts"
import type { Surroundings } from "../store/surroundings.ts"
import { UnlockAttempts } from "../store/unlock-attempts.ts"
import type { Credential } from "../store/unlock-header.ts"
import type { PassphraseSlot } from "../store/vault-header.ts"

interface VaultEvents {
  /** Looks at a vault before it counts as unlocked. */
  readonly onOpened: (vault: StoredVault) => Promise<void>
  /** Ends what goes on with the vault. */
  readonly beforeLock: () => void
  /** Clears what only the whole process can clear, such as garbage. */
  readonly afterLock: () => Promise<void>
}

/** The one open vault, and the keyslot that opened it. */
export class VaultSession extends Session<StoredVault> {
  #slotId: string | null = null
  /** Raised by each lock, so that an unlocking that was under way then does not open the vault after it. */
  #locks = 0
  #released: Promise<void> = Promise.resolve()
  readonly surroundings: Surroundings
  readonly #events: VaultEvents

  constructor(surroundings: Surroundings, events: VaultEvents) {
    super()
    this.surroundings = surroundings
    this.#events = events
  }

  /** The id of the keyslot that the person at the keyboard opens. */
  get slotId(): string | null {
    return this.#slotId
  }

  set slotId(id: string) {
    this.#slotId = id
  }

  /** Unlocks a vault, in place of the one that may be open, and lets its calendar catch up. */
  async unlock(path: string, credential: Credential, acceptRollback: boolean): Promise<OpenedVault> {
    this.end()
    const locks = this.#locks
    await this.#released
    // Here, because what opens no vault starts sooner without them.
    const { advanceKeyStates } = await import("../use-cases/key/advance-key-states.ts")
    const { destroyWhatHasWaited } = await import("../use-cases/key/schedule-destroy.ts")
    const opened = await this.#open(path, credential, acceptRollback)
    try {
      await this.#events.onOpened(opened.vault)
      if (this.#locks !== locks) throw new VaultError("VAULT_LOCKED", "it was locked again while it was being unlocked")
      advanceKeyStates(opened.vault)
      destroyWhatHasWaited(opened.vault)
    } catch (error) {
      opened.vault.close()
      throw error
    }
    this.begin(opened.vault)
    this.#slotId = opened.slotId
    return opened
  }

  /** Wrong tries to open a vault, which slow the next one down. */
  attemptsAt(vaultId: string): UnlockAttempts {
    const { configDirectory, now } = this.surroundings
    return new UnlockAttempts(configDirectory, vaultId, now)
  }

  /**
   * Does what a passphrase is asked for again while the vault is open. A wrong one is logged by dispatch, and slows the next
   * try down as at the door.
   */
  async patiently<Result>(work: () => Promise<Result>): Promise<Result> {
    const attempts = this.attemptsAt(this.current().vaultId)
    const result = await attempts.patiently(work)
    attempts.clear()
    return result
  }

  /**
   * The keyslot of the open vault that this passphrase opens, tried patiently.
   * @throws `WRONG_PASSPHRASE`; `VAULT_LOCKED`, also when it was locked while the passphrase was tried
   */
  async slotOpenedBy(passphrase: Secret): Promise<PassphraseSlot> {
    const vault = this.current()
    const { slotOpenedBy } = await import("../store/vault-keyslots.ts")
    const slot = await this.patiently(() => slotOpenedBy(vault, passphrase))
    if (!this.isUnlocked() || this.current() !== vault) throw new VaultError("VAULT_LOCKED")
    return slot
  }

  async #open(path: string, credential: Credential, acceptRollback: boolean): Promise<OpenedVault> {
    try {
      const { openStoredVault } = await import("../store/open-stored-vault.ts")
      return await openStoredVault(path, credential, this.surroundings, acceptRollback)
    } catch (error) {
      await this.#events.afterLock()
      throw error
    }
  }

  /**
   * Closes the vault for work on its files, which can't be stopped, and opens it again: unless it was locked, or another one
   * was unlocked, meanwhile.
   */
  async closedFor(work: (vault: StoredVault) => Promise<void>, credential: Credential): Promise<void> {
    const vault = this.current()
    this.end()
    const locks = this.#locks
    const working = work(vault)
    this.#released = working.catch(() => undefined)
    await working
    if (this.#locks !== locks || this.isUnlocked()) return
    try {
      await this.unlock(vault.path, credential, false)
    } catch (error) {
      if (this.#locks === locks) throw error
    }
  }

  /** Locks the vault; nothing of it stays in memory. What a thread does with it is waited for. */
  async lock(): Promise<void> {
    this.#slotId = null
    this.#locks += 1
    this.#events.beforeLock()
    this.end()
    await this.#released
    await this.#events.afterLock()
  }

  override end(): void {
    const vault = this.isUnlocked() ? this.current() : null
    try {
      super.end()
    } finally {
      if (vault !== null) this.#released = vault.released()
    }
  }
}
