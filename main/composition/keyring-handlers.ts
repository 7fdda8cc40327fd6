import type { HandlersOf } from "../../preload/contract/index.ts"
import { rotateKeyring } from "../store/keyring-rotation.ts"
import { keyringPolicy } from "../use-cases/policy/keyring-policy.ts"
import type { VaultSession } from "./vault-session.ts"

/** The handlers for keyrings. */
export function keyringHandlers(session: VaultSession): HandlersOf<"keyring"> {
  return {
    "keyring.list": () => {
      const { keyrings } = session.current()
      return { keyrings: keyrings.list().map((keyring) => ({ ...keyring, keys: keyrings.countKeys(keyring.id) })) }
    },
    "keyring.create": ({ name, purpose }) => {
      const { journal, keyrings } = session.current()
      return journal.record(() => {
        const keyring = keyrings.create(name, purpose)
        return {
          entry: { action: "keyring.create", target: name, detail: { keyringId: keyring.id, purpose } },
          result: { ...keyring, keys: 0 },
        }
      })
    },
    "keyring.policy": keyringPolicy(session),
    "keyring.rotate": async ({ name }) => {
      const vault = session.current()
      const rewrapped = await rotateKeyring(vault, vault.keyrings.find(name))
      const keyring = vault.keyrings.find(name)
      return { ...keyring, keys: vault.keyrings.countKeys(keyring.id), rewrapped }
    },
  }
}
