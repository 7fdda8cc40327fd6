import { VaultError } from "./vault-error.ts"

interface Closable {
  /** It may close by itself. */
  readonly isClosed: boolean
  close(): void
}

/** Whether a vault is open, and the one that is open. */
export class Session<Open extends Closable> {
  #open: Open | null = null
  #visits = 0

  isUnlocked(): boolean {
    return this.#open?.isClosed === false
  }

  /** @throws `VAULT_LOCKED` */
  current(): Open {
    if (this.#open === null || this.#open.isClosed) throw new VaultError("VAULT_LOCKED")
    return this.#open
  }

  /** Which opening of a vault this is, counted; `null` while there is none. */
  visit(): number | null {
    return this.isUnlocked() ? this.#visits : null
  }

  /** Takes the vault over and will close it. */
  begin(opened: Open): void {
    this.end()
    this.#open = opened
    this.#visits += 1
  }

  end(): void {
    const open = this.#open
    this.#open = null
    open?.close()
  }
}
