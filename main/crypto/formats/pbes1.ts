import { createDecipheriv } from "node:crypto"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { DerReader } from "../asn1/der-reader.ts"
import { objectIdentifier } from "../asn1/object-identifiers.ts"
import { concatenated } from "./concatenated.ts"
import type { PasswordForms } from "./password-forms.ts"
import {
  costOfPkcs12,
  iteratedHash,
  type Pkcs12Derivation,
  pkcs12Key,
  readPkcs12Derivation,
} from "./pkcs12-key-derivation.ts"
import { decryptRc2Cbc } from "./rc2.ts"
import { transformed } from "./transformed.ts"

/** Block and initialisation vector of DES and RC2, in bytes. */
const blockLength = 8

/** Key and initialisation vector of one scheme; `parity` bits of DES are not looked at. */
interface Scheme {
  /** RFC 8018, 5.1, with this hash, or RFC 7292, B.2 with SHA-1 */
  readonly derivation: "md5" | "sha1" | "pkcs12"
  readonly cipher: "des" | "des-ede3" | "des-ede2" | "rc2"
  /** in bytes; all of its bits are effective */
  readonly keyLength: number
}

const schemes: Readonly<Record<string, Scheme>> = {
  [objectIdentifier.pbeWithMd5AndDesCbc]: { derivation: "md5", cipher: "des", keyLength: 8 },
  [objectIdentifier.pbeWithMd5AndRc2Cbc]: { derivation: "md5", cipher: "rc2", keyLength: 8 },
  [objectIdentifier.pbeWithSha1AndDesCbc]: { derivation: "sha1", cipher: "des", keyLength: 8 },
  [objectIdentifier.pbeWithSha1AndRc2Cbc]: { derivation: "sha1", cipher: "rc2", keyLength: 8 },
  [objectIdentifier.pbeWithShaAnd3KeyTripleDesCbc]: { derivation: "pkcs12", cipher: "des-ede3", keyLength: 24 },
  [objectIdentifier.pbeWithShaAnd2KeyTripleDesCbc]: { derivation: "pkcs12", cipher: "des-ede2", keyLength: 16 },
  [objectIdentifier.pbeWithShaAnd128BitRc2Cbc]: { derivation: "pkcs12", cipher: "rc2", keyLength: 16 },
  [objectIdentifier.pbeWithShaAnd40BitRc2Cbc]: { derivation: "pkcs12", cipher: "rc2", keyLength: 5 },
}

/** Encryption of the years before PBES2, only ever read: PBES1 (RFC 8018, 6.1) and that of PKCS #12 (RFC 7292, appendix C). */
export interface Pbes1 {
  readonly scheme: Scheme
  readonly parameters: Pkcs12Derivation
  /** as a share of the most that a single derivation may cost */
  readonly cost: number
  /** which form of a passphrase it takes */
  readonly form: keyof PasswordForms
}

/**
 * Reads the parameters of one of these schemes (RFC 8018, A.3; RFC 7292, appendix C).
 *
 * @returns null for the object identifier of something else
 * @throws INVALID_INPUT for parameters that are broken, or costs beyond the bounds
 */
export function readPbes1(identifier: string, reader: DerReader): Pbes1 | null {
  const scheme = schemes[identifier]
  if (scheme === undefined) return null
  const parameters = readPkcs12Derivation(reader.sequence(), "sha1")
  reader.end()
  const form = scheme.derivation === "pkcs12" ? "bmp" : "octets"
  return { scheme, parameters, cost: costOfPkcs12(parameters), form }
}

/**
 * @returns null when the passphrase is wrong or the ciphertext damaged
 * @throws INVALID_INPUT when the ciphertext is no whole number of blocks
 */
export async function decryptPbes1(
  { scheme, parameters }: Pbes1,
  ciphertext: Uint8Array,
  password: Uint8Array,
): Promise<Secret | null> {
  if (ciphertext.length === 0 || ciphertext.length % blockLength !== 0) {
    throw new VaultError("INVALID_INPUT", "PBES1: the ciphertext is no whole number of blocks")
  }
  using keyAndIv = await deriveKeyAndIv(scheme, parameters, password)
  const key = keyAndIv.bytes.subarray(0, scheme.keyLength)
  using padded = await decryptCbc(scheme, key, keyAndIv.bytes.subarray(scheme.keyLength), ciphertext)
  return unpadded(padded.bytes)
}

async function deriveKeyAndIv(
  { derivation, keyLength }: Scheme,
  parameters: Pkcs12Derivation,
  password: Uint8Array,
): Promise<Secret> {
  if (derivation === "pkcs12") {
    using key = await pkcs12Key(parameters, password, "key", keyLength)
    using iv = await pkcs12Key(parameters, password, "iv", blockLength)
    return new Secret(concatenated([key.bytes, iv.bytes]))
  }
  using input = new Secret(concatenated([password, parameters.salt]))
  using derived = await iteratedHash(derivation, input.bytes, parameters.iterations)
  return Secret.copyOf(derived.bytes.subarray(0, keyLength + blockLength))
}

/** DES and two-key triple DES are triple DES with keys that are the same: no runtime has them by themselves everywhere. */
async function decryptCbc(
  { cipher }: Scheme,
  key: Uint8Array,
  iv: Uint8Array,
  ciphertext: Uint8Array,
): Promise<Secret> {
  if (cipher === "rc2") return await decryptRc2Cbc(key, key.length * 8, iv, ciphertext)
  const keys = { des: [key, key, key], "des-ede2": [key, key.subarray(0, 8)], "des-ede3": [key] }
  using tripleKey = new Secret(concatenated(keys[cipher]))
  return transformed(createDecipheriv("des-ede3-cbc", tripleKey.bytes, iv).setAutoPadding(false), ciphertext)
}

/** Without its padding of 1 to 8 octets (RFC 8018, 6.1.1), or null when that is broken. */
function unpadded(padded: Uint8Array): Secret | null {
  const length = padded.at(-1) ?? 0
  const padding = padded.subarray(-length)
  const isWhole = length >= 1 && length <= blockLength && padding.every((octet) => octet === length)
  return isWhole ? Secret.copyOf(padded.subarray(0, padded.length - length)) : null
}
