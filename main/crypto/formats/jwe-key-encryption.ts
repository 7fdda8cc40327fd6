import { pbkdf2 } from "node:crypto"
import { promisify } from "node:util"
import { aeskw } from "@noble/ciphers/aes.js"
import { Secret } from "../../domain/secret.ts"
import { concatenated } from "./concatenated.ts"

/** The values of `alg` that take a passphrase (RFC 7518, 4.8). */
const algorithms = {
  "PBES2-HS256+A128KW": { hash: "sha256", keyLength: 16 },
  "PBES2-HS384+A192KW": { hash: "sha384", keyLength: 24 },
  "PBES2-HS512+A256KW": { hash: "sha512", keyLength: 32 },
} as const

export type KeyEncryption = keyof typeof algorithms

/** The same bound as in PKCS#8: some seconds of one core. */
export const maximumCount = 10_000_000

/** RFC 7518, 4.8.1.1 asks for at least 8 bytes. */
export const saltLengths = { least: 8, most: 1024 }

/** How the content encryption key is encrypted. */
export interface PassphraseEncryption {
  readonly algorithm: KeyEncryption
  /** `p2s` */
  readonly salt: Uint8Array
  /** `p2c` */
  readonly count: number
}

export function isKeyEncryption(name: string): name is KeyEncryption {
  return Object.hasOwn(algorithms, name)
}

/** The content encryption key; null when the passphrase is wrong or the encrypted key damaged. */
export async function unwrapContentKey(
  encryption: PassphraseEncryption,
  encryptedKey: Uint8Array,
  passphrase: Uint8Array,
): Promise<Secret | null> {
  using key = await wrappingKey(encryption, passphrase)
  try {
    return new Secret(new Uint8Array(aeskw(key.bytes).decrypt(encryptedKey)))
  } catch {
    return null
  }
}

/** The content encryption key under the passphrase. */
export async function wrapContentKey(
  encryption: PassphraseEncryption,
  contentKey: Uint8Array,
  passphrase: Uint8Array,
): Promise<Uint8Array> {
  using key = await wrappingKey(encryption, passphrase)
  return aeskw(key.bytes).encrypt(contentKey)
}

/** PBKDF2; the algorithm's name is part of the salt, so that no count can be used for another algorithm. */
async function wrappingKey({ algorithm, salt, count }: PassphraseEncryption, passphrase: Uint8Array): Promise<Secret> {
  const { hash, keyLength } = algorithms[algorithm]
  const wholeSalt = concatenated([Buffer.from(algorithm), new Uint8Array(1), salt])
  const key = await promisify(pbkdf2)(passphrase, wholeSalt, count, keyLength, hash)
  return new Secret(new Uint8Array(key.buffer, key.byteOffset, key.length))
}
