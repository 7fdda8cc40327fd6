import type { Key } from "../../domain/key.ts"
import { inVault } from "../../domain/key-location.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { keyringFor } from "./store-new-key.ts"

/** @throws `NOT_FOUND`; `POLICY_DENIED` when the keyring is for other things */
export function inKeyring(vault: OpenVault, key: Key, name: string | undefined): Key {
  if (name === undefined) return key
  const keyring = keyringFor(vault, key.purpose, name)
  return { ...key, keyringId: keyring.id, keyring: keyring.name }
}

/** To be done in the transaction in which the inventory learns of it: DEKs that are bound to another keyring open no more. */
export function moveMaterials(vault: OpenVault, before: Key, after: Key): void {
  if (before.keyringId === after.keyringId) return
  const { id: keyId, algorithm, keyringId } = before
  for (const { version, state, location } of before.versions) {
    if (state === "destroyed" || location !== inVault) continue
    vault.materials.move({ keyId, version, algorithm, keyringId }, after.keyringId)
  }
}
