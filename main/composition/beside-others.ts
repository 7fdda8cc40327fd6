import type { Dispatch } from "../operations/dispatch.ts"
import type { VaultSession } from "./vault-session.ts"

/** What ends the vault's being open waits for nobody. */
const impatient: readonly unknown[] = ["vault.lock", "vault.unlock"]

/** Lets what needs the vault's database alone wait for the operations that use it, and them for it. */
export function besideOthers(session: VaultSession, dispatch: Dispatch): Dispatch {
  return (name, input) => {
    if (impatient.includes(name) || !session.isUnlocked()) return dispatch(name, input)
    return session.current().soleUse.beside(() => dispatch(name, input))
  }
}
