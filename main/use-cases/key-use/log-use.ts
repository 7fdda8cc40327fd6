import type { Json } from "../../domain/audit-entry.ts"
import type { Key } from "../../domain/key.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import { inVault } from "../../domain/key-location.ts"
import { versionOf } from "../../domain/key-state.ts"
import type { MaterialPlace, OpenVault } from "../../domain/open-vault.ts"
import type { Session } from "../../domain/session.ts"
import { VaultError } from "../../domain/vault-error.ts"

/** What every use of a key is made of. */
export interface UseParts {
  readonly session: Session<OpenVault>
  readonly crypto: KeyCrypto
}

/** Writes a use into the log; what it computed may leave only after this. */
export function logUse(vault: OpenVault, key: Key, action: string, detail: { readonly [member: string]: Json }): void {
  vault.journal.record(() => ({ entry: { action, target: key.name, usedKeyId: key.id, detail }, result: undefined }))
}

/** Where the material of a version is in the vault. @throws `POLICY_DENIED` when a token keeps it: nobody can take it out */
export function placeOf(key: Key, version: number): MaterialPlace {
  const { id, algorithm, keyringId } = key
  if (versionOf(key, version).location !== inVault) {
    throw new VaultError(
      "POLICY_DENIED",
      `location: version ${version} of ${key.name} is in a token, which does not do this`,
    )
  }
  return { keyId: id, version, algorithm, keyringId }
}
