import { VaultError } from "../../../domain/vault-error.ts"

/** A verification takes a millisecond or two; these are more than any key in use asks for. */
const maximumVerifications = 512

/** Passes of Argon2 through memory, in KiB: through 2 GiB, some seconds of one core. */
const maximumArgon2Work = 2 * 1024 * 1024

/** What one file may still ask for, all its keys together. */
export class WorkBudget {
  #verifications = maximumVerifications
  #argon2Work = maximumArgon2Work

  /** @throws INVALID_INPUT when there were too many */
  spendVerification(): void {
    this.#verifications -= 1
    if (this.#verifications < 0) throw invalid("too many signatures of the key itself")
  }

  /** @throws INVALID_INPUT when it is too much */
  spendArgon2({ memoryKiB, passes }: { readonly memoryKiB: number; readonly passes: number }): void {
    this.#argon2Work -= memoryKiB * passes
    if (this.#argon2Work < 0) throw invalid("Argon2 asks for too much time for all keys together")
  }
}

function invalid(reason: string): VaultError {
  return new VaultError("INVALID_INPUT", `OpenPGP: ${reason}`)
}
