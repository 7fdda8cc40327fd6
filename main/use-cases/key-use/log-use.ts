import type { Json } from "../../domain/audit-entry.ts"
import type { Key } from "../../domain/key.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import type { MaterialPlace, OpenVault } from "../../domain/open-vault.ts"
import type { Session } from "../../domain/session.ts"

/** What every use of a key is made of. */
export interface UseParts {
  readonly session: Session<OpenVault>
  readonly crypto: KeyCrypto
}

/** Writes a use into the log; what it computed may leave only after this. */
export function logUse(vault: OpenVault, key: Key, action: string, detail: { readonly [member: string]: Json }): void {
  vault.journal.record(() => ({ entry: { action, target: key.name, usedKeyId: key.id, detail }, result: undefined }))
}

export function placeOf({ id, algorithm, keyringId }: Key, version: number): MaterialPlace {
  return { keyId: id, version, algorithm, keyringId }
}
