import { keyringInNeed } from "../../preload/contract/failure.ts"
import { VaultError } from "../domain/vault-error.ts"
import type { StoredVault } from "./stored-vault.ts"

/** The keyrings that tokens hold, as far as their tokens are there, until it is disposed. */
export interface ReachedKeyrings extends Disposable {
  /** Ids of those whose keys can't be looked at now. */
  readonly unreached: ReadonlySet<string>
}

/** @param report - told of each that can't be looked at: it is not said to be whole */
export async function reachHeldKeyrings(
  vault: StoredVault,
  report: (message: string, keyring: string) => void,
): Promise<ReachedKeyrings> {
  const reached = new DisposableStack()
  const unreached = new Set<string>()
  for (const { id, name, tokens } of vault.keyrings.list()) {
    if (tokens.length === 0) continue
    try {
      reached.use(await vault.materials.reach(id, null))
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
      unreached.add(id)
      report(`its keys were not checked: ${reasonFor(error)}`, name)
    }
  }
  return { unreached, [Symbol.dispose]: () => reached.dispose() }
}

function reasonFor({ code, detail }: VaultError): string {
  if (keyringInNeed(detail) !== null) return "nobody has logged in to a token that holds it"
  return `no token that holds it opened it (${code})`
}
