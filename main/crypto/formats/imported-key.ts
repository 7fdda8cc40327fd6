import type { Algorithm } from "../../../preload/contract/values.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { checkPrivateKey } from "./check-private-key.ts"
import { algorithmOf, type PrivateKeyParts } from "./key-parts.ts"
import { encodePrivateKeyInfo } from "./private-key-info.ts"
import { encodePublicKeyInfo } from "./public-key-info.ts"

/** A key out of a file, in the form the vault keeps. Whoever receives it disposes of `material`. */
export interface ImportedKey {
  readonly algorithm: Algorithm
  /** PKCS#8 DER of an asymmetric key, the raw bytes of a symmetric one, the UTF-8 text of a `secret` */
  readonly material: Secret
  /** SubjectPublicKeyInfo DER computed from the private key, or null where there is none */
  readonly publicKey: Uint8Array<ArrayBuffer> | null
  /** the name or remark the file had for the key */
  readonly comment: string | null
}

/** What a file alone does not tell. */
export interface ReadOptions {
  readonly passphrase: Secret | null
  readonly algorithm: Algorithm | null
}

/** Reads the keys of one encoding. `content` stays the caller's, who wipes it; the keys own copies. */
export type KeyReader = (content: Uint8Array, options: ReadOptions) => Promise<ImportedKey[]>

/**
 * Takes a private key over into the vault's form, once everything in it fits.
 *
 * @throws INVALID_INPUT when it does not: see `checkPrivateKey`
 */
export async function importPrivateKey(parts: PrivateKeyParts, comment: string | null): Promise<ImportedKey> {
  const publicKey = encodePublicKeyInfo(await checkPrivateKey(parts))
  return { algorithm: algorithmOf(parts), material: new Secret(encodePrivateKeyInfo(parts)), publicKey, comment }
}

/**
 * The passphrase of an encrypted file.
 *
 * @throws INVALID_INPUT when none was given
 */
export function requirePassphrase({ passphrase }: ReadOptions): Uint8Array {
  if (passphrase === null)
    throw new VaultError("INVALID_INPUT", "the file is encrypted: --in-passphrase-file is needed")
  return passphrase.bytes
}

/** The passphrase does not open the file; or the file is damaged, which without a MAC looks the same. */
export function wrongPassphrase(): VaultError {
  return new VaultError("WRONG_PASSPHRASE", "of the key file")
}

/** Wipes keys that will not be used after all. */
export function disposeOf(keys: readonly ImportedKey[]): void {
  for (const { material } of keys) material[Symbol.dispose]()
}

/** Reads one after the other, and leaves nothing behind when one of them fails. */
export async function importAll<Item>(
  items: readonly Item[],
  read: (item: Item) => Promise<readonly ImportedKey[]>,
): Promise<ImportedKey[]> {
  const keys: ImportedKey[] = []
  try {
    for (const item of items) keys.push(...(await read(item)))
    return keys
  } catch (error) {
    disposeOf(keys)
    throw error
  }
}
