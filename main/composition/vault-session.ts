import { Session } from "../domain/session.ts"
import { type OpenedVault, openStoredVault } from "../store/open-stored-vault.ts"
import type { StoredVault } from "../store/stored-vault.ts"
import type { Surroundings } from "../store/surroundings.ts"
import type { Credential } from "../store/unlock-header.ts"
import { advanceKeyStates } from "../use-cases/key/advance-key-states.ts"

/** The one open vault, and the keyslot that opened it. */
export class VaultSession extends Session<StoredVault> {
  #slotId: string | null = null
  readonly surroundings: Surroundings
  readonly #afterLock: () => void

  /** @param afterLock - frees what only the garbage collector can free */
  constructor(surroundings: Surroundings, afterLock: () => void) {
    super()
    this.surroundings = surroundings
    this.#afterLock = afterLock
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
    const opened = await this.#open(path, credential, acceptRollback)
    this.begin(opened.vault)
    this.#slotId = opened.slotId
    advanceKeyStates(opened.vault)
    return opened
  }

  async #open(path: string, credential: Credential, acceptRollback: boolean): Promise<OpenedVault> {
    try {
      return await openStoredVault(path, credential, this.surroundings, acceptRollback)
    } catch (error) {
      this.#afterLock()
      throw error
    }
  }

  /** Locks the vault; nothing of it stays in memory. */
  lock(): void {
    this.#slotId = null
    this.end()
    this.#afterLock()
  }
}
