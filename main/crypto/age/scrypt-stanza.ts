import { fileIsEncrypted } from "../../domain/encrypted-file.ts"
import type { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { concatenated } from "../formats/concatenated.ts"
import { randomBytes } from "../random.ts"
import { scryptKey } from "../scrypt.ts"
import { invalidFile } from "./invalid-file.ts"
import type { Identity, Recipient, Stanza } from "./stanza.ts"
import { argumentBytes, argumentOf, requireArguments } from "./stanza-fields.ts"
import { unwrapFileKey, wrapFileKey } from "./wrapped-file-key.ts"

export const scryptType = "scrypt"

const saltSize = 16
const label = Buffer.from("age-encryption.org/v1/scrypt")

/** The binary logarithm of N: as the `age` program writes it, 256 MiB and a second or so. */
const usualWorkFactor = 18
/** The most that the `age` program reads: 4 GiB. */
const greatestWorkFactor = 22

/** @param passphrase - stays the caller's */
export function passphraseRecipient(passphrase: Uint8Array, workFactor = usualWorkFactor): Recipient {
  return {
    async wrap(fileKey) {
      const salt = randomBytes(saltSize)
      using wrapKey = await wrapKeyOf(passphrase, salt, workFactor)
      const args = [argumentOf(salt), String(workFactor)]
      return { type: scryptType, args, body: wrapFileKey(wrapKey, fileKey) }
    },
  }
}

/**
 * @param passphrase - stays the caller's
 * @param maximumWorkFactor - a file that asks for more work is refused before any is done
 */
export function passphraseIdentity(passphrase: Uint8Array, maximumWorkFactor = greatestWorkFactor): Identity {
  return {
    async unwrap(stanzas) {
      const stanza = stanzas.find(({ type }) => type === scryptType)
      if (stanza === undefined) return null
      requireArguments(stanza, 2)
      const salt = argumentBytes(stanza, 0, saltSize)
      using wrapKey = await wrapKeyOf(passphrase, salt, workFactorOf(stanza, maximumWorkFactor))
      return unwrapFileKey(wrapKey, stanza)
    },
  }
}

/**
 * As `passphraseIdentity`; a file without a passphrase is not one with another passphrase.
 * @throws INVALID_INPUT, from `unwrap`, for a file that is for keys
 */
export function onlyPassphraseIdentity(passphrase: Uint8Array, maximumWorkFactor = greatestWorkFactor): Identity {
  const identity = passphraseIdentity(passphrase, maximumWorkFactor)
  return {
    async unwrap(stanzas) {
      if (stanzas.some(({ type }) => type === scryptType)) return await identity.unwrap(stanzas)
      throw invalidFile("the file is encrypted for keys, not with a passphrase")
    },
  }
}

/** Stands for a passphrase that nobody gave. @throws INVALID_INPUT, from `unwrap`, for a file that needs one */
export const missingPassphrase: Identity = {
  unwrap(stanzas) {
    if (stanzas.some(({ type }) => type === scryptType)) throw new VaultError("INVALID_INPUT", fileIsEncrypted)
    return Promise.resolve(null)
  },
}

function workFactorOf({ args: [, text = ""] }: Stanza, maximum: number): number {
  if (!/^[1-9][0-9]*$/.test(text)) throw invalidFile("the work factor of scrypt is not a decimal number")
  if (text.length > 2 || Number(text) > maximum) throw invalidFile(`the work factor of scrypt is more than ${maximum}`)
  return Number(text)
}

async function wrapKeyOf(passphrase: Uint8Array, salt: Uint8Array, workFactor: number): Promise<Secret> {
  const costs = { cost: 2 ** workFactor, blockSize: 8, parallelization: 1 }
  return await scryptKey(passphrase, concatenated([label, salt]), 32, costs)
}
