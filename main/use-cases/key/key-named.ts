import type { Key } from "../../domain/key.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { VaultError } from "../../domain/vault-error.ts"

/** The key of that name, else the one with that id, as the inventory has it. @throws `NOT_FOUND` */
export function keyNamed(vault: OpenVault, name: string): Key {
  const key = vault.keys.find(name) ?? vault.keys.findById(name)
  if (key === null) throw new VaultError("NOT_FOUND", `a key named ${name}`)
  return key
}

/** The key with that id, whatever keys are named like it. @throws `NOT_FOUND` */
export function keyWithId(vault: OpenVault, id: string): Key {
  const key = vault.keys.findById(id)
  if (key === null) throw new VaultError("NOT_FOUND", `key ${id}`)
  return key
}
