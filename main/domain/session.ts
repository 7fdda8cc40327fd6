import { VaultError } from "./vault-error.ts"

interface Closable {
  close(): void
}

/** Whether a vault is open, and the one that is open. */
export class Session<Open extends Closable> {
  #open: Open | null = null

  isUnlocked(): boolean {
    return this.#open !== null
  }

  /** @throws `VAULT_LOCKED` */
  current(): Open {
    if (this.#open === null) throw new VaultError("VAULT_LOCKED")
    return this.#open
  }

  /** Takes the vault over and will close it. */
  begin(opened: Open): void {
    this.end()
    this.#open = opened
  }

  end(): void {
    const open = this.#open
    this.#open = null
    open?.close()
  }
}
