import { VaultError } from "../../main/domain/vault-error.ts"

/** The `VaultError` that something throws. @throws Error when it throws none */
export function vaultErrorOf(act: () => unknown): VaultError {
  try {
    act()
  } catch (error) {
    if (error instanceof VaultError) return error
    throw error
  }
  throw new Error("nothing was thrown")
}
