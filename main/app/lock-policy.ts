import type { LockLimits } from "../../preload/contract/policy.ts"
import type { Preferences } from "../../preload/contract/preferences.ts"
import { lockLimits, withinLimits } from "../domain/lock-limits.ts"
import type { Claviger } from "../operations/claviger.ts"
import { asking } from "./ask-vault.ts"

/** What the policies of the open vault ask of the app's locking, as it was learnt last. */
export class LockPolicy {
  readonly #claviger: Pick<Claviger, "dispatch" | "isUnlocked">
  #limits: LockLimits = lockLimits([])

  constructor(claviger: Pick<Claviger, "dispatch" | "isUnlocked">) {
    this.#claviger = claviger
  }

  /** No policy holds while no vault is open. @throws `VAULT_LOCKED` when it is locked meanwhile */
  async learn(): Promise<LockLimits> {
    const { isUnlocked, dispatch } = this.#claviger
    this.#limits = isUnlocked() ? await asking(dispatch)("policy.lock", {}) : lockLimits([])
    return this.#limits
  }

  /** Learns it soon. A vault that was locked meanwhile asks for nothing. */
  refresh(): void {
    this.learn().catch(() => undefined)
  }

  /** What a person has set, where no policy asks for more. */
  within(own: Preferences): Preferences {
    return withinLimits(own, this.#limits)
  }
}
