import type { Algorithm } from "../../../preload/contract/values.ts"
import { fileIsEncrypted } from "../../domain/encrypted-file.ts"
import type { FoundKey, RefusedKey } from "../../domain/key-crypto.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { checkPrivateKey } from "./check-private-key.ts"
import { algorithmOf, type PrivateKeyParts } from "./key-parts.ts"
import { encodePrivateKeyInfo } from "./private-key-info.ts"
import { encodePublicKeyInfo } from "./public-key-info.ts"

/**
 * A key out of a file, in the form the vault keeps: `material` is the PKCS#8 DER of an asymmetric key, the raw bytes of a
 * symmetric one, the UTF-8 text of a `secret`; `publicKey` is computed from it; `comment` is the name or remark the file
 * had for it. Whoever receives it disposes of `material`.
 */
export type ImportedKey = FoundKey

/** What a reader gives: keys, and for a file of several also those that it had to refuse. */
export type Imported = ImportedKey | RefusedKey

/** What a file alone does not tell. */
export interface ReadOptions {
  readonly passphrase: Secret | null
  readonly algorithm: Algorithm | null
}

/** Takes what a person should know of the file, without secrets. */
export type Warn = (warning: string) => void

/** Reads the keys of one encoding. `content` stays the caller's, who wipes it; the keys own copies. */
export type KeyReader = (content: Uint8Array, options: ReadOptions, warn: Warn) => Promise<Imported[]>

/**
 * Takes a private key over into the vault's form, once everything in it fits.
 *
 * @throws INVALID_INPUT when it does not: see `checkPrivateKey`
 */
export async function importPrivateKey(parts: PrivateKeyParts, comment: string | null): Promise<ImportedKey> {
  const publicKey = encodePublicKeyInfo(await checkPrivateKey(parts))
  const material = new Secret(encodePrivateKeyInfo(parts))
  return { algorithm: algorithmOf(parts), material, publicKey, comment, purpose: null, attachments: [] }
}

/**
 * The passphrase of an encrypted file.
 *
 * @throws INVALID_INPUT when none was given
 */
export function requirePassphrase({ passphrase }: ReadOptions): Uint8Array {
  if (passphrase === null) throw new VaultError("INVALID_INPUT", fileIsEncrypted)
  return passphrase.bytes
}

/** The passphrase does not open the file; or the file is damaged, which without a MAC looks the same. */
export function wrongPassphrase(): VaultError {
  return new VaultError("WRONG_PASSPHRASE", "the key file does not open")
}

/** Wipes keys that will not be used after all. */
export function disposeOf(keys: readonly Imported[]): void {
  for (const key of keys) if ("material" in key) key.material[Symbol.dispose]()
}

/**
 * Reads one after the other; what is wrong with one does not keep the others from being read. A wrong passphrase is thrown:
 * it is no property of one key.
 *
 * @param commentOf - what the file calls an item
 */
export async function importAll<Item>(
  items: readonly Item[],
  read: (item: Item) => Promise<readonly Imported[]>,
  commentOf: (item: Item) => string | null = () => null,
): Promise<Imported[]> {
  const keys: Imported[] = []
  for (const item of items) {
    try {
      keys.push(...(await read(item)))
    } catch (error) {
      if (!(error instanceof VaultError) || error.code !== "INVALID_INPUT") {
        disposeOf(keys)
        throw error
      }
      keys.push({ comment: commentOf(item), refusal: error })
    }
  }
  return keys
}
