import { VaultError } from "../../domain/vault-error.ts"

/** Two derivations of the most that a single one may cost: some seconds of one core; a PKCS#12 file of 30 keys at 600,000 rounds each. */
const available = 2

/** Keeps the sum of many key derivations in one file within bounds, where each alone is. */
export class DerivationBudget {
  #left = available

  /** @throws INVALID_INPUT when the file has asked for too much */
  spend(cost: number): void {
    this.#left -= cost
    if (this.#left < 0)
      throw new VaultError("INVALID_INPUT", "the file asks for too many rounds of key derivation altogether")
  }
}
