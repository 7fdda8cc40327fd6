import type { Key } from "../../domain/key.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { advanceKey } from "./advance-key-states.ts"
import { keyNamed } from "./key-named.ts"

/** The key of that name, else the one with that id, in the state that its dates put it in. @throws `NOT_FOUND` */
export function findKey(vault: OpenVault, name: string): Key {
  const key = keyNamed(vault, name)
  return advanceKey(vault, key) ? keyNamed(vault, name) : key
}
