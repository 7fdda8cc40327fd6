import type { KeyObject } from "node:crypto"
import { deriveKey } from "../crypto/derive.ts"
import { secretKey } from "../crypto/seal.ts"
import type { Secret } from "../domain/secret.ts"

/** The keys that HKDF makes of the master key (vault-format.md, "Hierarchy"), as KeyObjects: never bare in the heap. */
export interface VaultKeys {
  readonly headerMac: KeyObject
  readonly auditMac: KeyObject
  readonly keyringKek: KeyObject
  readonly anchorMac: KeyObject
  /** Seals the private half of the vault's Ed25519 audit key. */
  readonly auditSigning: KeyObject
  /** Marks material, so that the same bytes are told without being opened. */
  readonly materialMark: KeyObject
}

export function vaultKeys(masterKey: Secret, vaultId: string): VaultKeys {
  const labelled = (label: string): KeyObject => {
    using derived = deriveKey(masterKey, vaultId, label)
    return secretKey(derived)
  }
  return {
    headerMac: labelled("header-mac"),
    auditMac: labelled("audit-mac"),
    keyringKek: labelled("keyring-kek"),
    anchorMac: labelled("anchor-mac"),
    auditSigning: labelled("audit-signing"),
    materialMark: labelled("material-mark"),
  }
}

/** The key of the database's pages, 32 bytes, for as long as opening it takes. */
export function databaseKey(masterKey: Secret, vaultId: string): Secret {
  return deriveKey(masterKey, vaultId, "database")
}
