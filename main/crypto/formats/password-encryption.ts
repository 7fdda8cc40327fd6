import type { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { DerReader } from "../asn1/der-reader.ts"
import { objectIdentifier } from "../asn1/object-identifiers.ts"
import type { PasswordForms } from "./password-forms.ts"
import { decryptPbes1, readPbes1 } from "./pbes1.ts"
import { decryptPbes2, readPbes2 } from "./pbes2.ts"
import { costOf } from "./pbes2-key-derivation.ts"

/** What is said of a file that is encrypted as nobody should any more. */
export const weakEncryption =
  "the file is encrypted in an old way that is weak today: keep no copy of it, or export the key anew"

/** How something in a key file is encrypted with a passphrase. */
export interface PasswordEncryption {
  /** what a person should know of it, or null */
  readonly warning: string | null
  /** of one derivation, as a share of the most that a single one may cost */
  readonly cost: number
  /** which form of a passphrase it takes */
  readonly form: keyof PasswordForms
  /**
   * @returns null when the passphrase is wrong or the ciphertext damaged; one wrong passphrase in 256 is not noticed here
   * @throws INVALID_INPUT when the ciphertext does not fit the cipher
   */
  decrypt(ciphertext: Uint8Array, password: Uint8Array): Promise<Secret | null>
}

/**
 * Reads an AlgorithmIdentifier of PBES2, PBES1 or PKCS #12's own encryption.
 *
 * @throws INVALID_INPUT for another one, or costs beyond the bounds
 */
export function readPasswordEncryption(algorithm: DerReader): PasswordEncryption {
  const identifier = algorithm.objectIdentifier()
  if (identifier === objectIdentifier.pbes2) return readModernEncryption(algorithm)
  const old = readPbes1(identifier, algorithm)
  if (old === null) throw new VaultError("INVALID_INPUT", "the file's encryption is not supported")
  return {
    warning: weakEncryption,
    cost: old.cost,
    form: old.form,
    decrypt: (ciphertext, password) => decryptPbes1(old, ciphertext, password),
  }
}

function readModernEncryption(algorithm: DerReader): PasswordEncryption {
  const scheme = readPbes2(algorithm.sequence())
  algorithm.end()
  return {
    warning: null,
    cost: costOf(scheme.derivation),
    form: "octets",
    decrypt: (ciphertext, password) => decryptPbes2(scheme, ciphertext, password),
  }
}

/**
 * Decrypts with each form of the passphrase until one leaves what `isWhole` takes.
 *
 * @returns null when none does
 * @throws INVALID_INPUT when the ciphertext does not fit the cipher
 */
export async function decryptWithAnyForm(
  encryption: PasswordEncryption,
  ciphertext: Uint8Array,
  forms: PasswordForms,
  isWhole: (plaintext: Uint8Array) => boolean,
): Promise<Secret | null> {
  for (const password of forms[encryption.form]) {
    const decrypted = await encryption.decrypt(ciphertext, password)
    if (decrypted === null) continue
    if (isWhole(decrypted.bytes)) return decrypted
    decrypted[Symbol.dispose]()
  }
  return null
}
