import type { Key } from "../../domain/key.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { VaultError } from "../../domain/vault-error.ts"

/** The key of that name, else the one with that id, as the inventory has it. @throws `NOT_FOUND` */
export function keyNamed(vault: OpenVault, name: string): Key {
  const key = vault.keys.find(name) ?? vault.keys.findById(name)
  if (key === null) throw new VaultError("NOT_FOUND", `a key named ${name}`)
  return key
}
