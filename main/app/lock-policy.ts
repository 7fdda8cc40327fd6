import type { LockLimits } from "../../preload/contract/policy.ts"
import { lockLimits } from "../domain/lock-limits.ts"
import type { AskVault } from "./ask-vault.ts"

interface Parts {
  readonly isUnlocked: () => boolean
  readonly askVault: AskVault
}

/** What the policies of the open vault ask of the app's locking, as it was learnt last. */
export class LockPolicy {
  readonly #parts: Parts
  #limits: LockLimits = lockLimits([])

  constructor(parts: Parts) {
    this.#parts = parts
  }

  get limits(): LockLimits {
    return this.#limits
  }

  /** No policy holds while no vault is open. @throws `VAULT_LOCKED` when it is locked meanwhile */
  async learn(): Promise<LockLimits> {
    const { isUnlocked, askVault } = this.#parts
    this.#limits = isUnlocked() ? await askVault("policy.lock", {}) : lockLimits([])
    return this.#limits
  }
}
