import { createDecipheriv, hash } from "node:crypto"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { concatenated } from "./concatenated.ts"
import { decodeHexadecimal } from "./hexadecimal.ts"
import { transformed } from "./transformed.ts"

/** The ciphers by their names in `DEK-Info`; lengths in bytes. */
const ciphers = {
  "DES-EDE3-CBC": { name: "des-ede3-cbc", keyLength: 24, ivLength: 8 },
  "AES-128-CBC": { name: "aes-128-cbc", keyLength: 16, ivLength: 16 },
  "AES-192-CBC": { name: "aes-192-cbc", keyLength: 24, ivLength: 16 },
  "AES-256-CBC": { name: "aes-256-cbc", keyLength: 32, ivLength: 16 },
} as const

type CipherName = keyof typeof ciphers

const longestHeader = 128
const saltLength = 8
const md5Length = 16

/** What the headers `Proc-Type: 4,ENCRYPTED` and `DEK-Info` of OpenSSL's older key files say. */
export interface LegacyEncryption {
  readonly cipher: CipherName
  readonly iv: Uint8Array
}

/**
 * Reads the two headers, in their order (RFC 1421, 4.6.1.1 and 4.6.1.3).
 *
 * @throws INVALID_INPUT for other headers, or a cipher that is not supported
 */
export function readLegacyEncryption(headers: readonly Uint8Array[]): LegacyEncryption {
  const [type, info, ...others] = headers.map((line) => Buffer.from(line.subarray(0, longestHeader)).toString("latin1"))
  if (type !== "Proc-Type: 4,ENCRYPTED" || info === undefined || others.length > 0) {
    throw invalid("headers inside a block")
  }
  const [, cipher = "", iv = ""] = /^DEK-Info: ([A-Z0-9-]+),([0-9A-Fa-f]+)$/.exec(info) ?? []
  if (!isCipherName(cipher)) throw invalid("the cipher of the legacy encryption is not supported")
  const octets = decodeHexadecimal(Buffer.from(iv, "latin1"))
  if (octets?.length !== ciphers[cipher].ivLength) throw invalid("the initialisation vector")
  return { cipher, iv: octets }
}

function isCipherName(name: string): name is CipherName {
  return Object.hasOwn(ciphers, name)
}

/**
 * Decrypts a block.
 *
 * @returns null when the passphrase is wrong or the content damaged; one wrong passphrase in 256 is not noticed here
 */
export function decryptLegacy(
  { cipher, iv }: LegacyEncryption,
  ciphertext: Uint8Array,
  passphrase: Uint8Array,
): Secret | null {
  const { name, keyLength } = ciphers[cipher]
  using key = derivedKey(passphrase, iv.subarray(0, saltLength), keyLength)
  try {
    return transformed(createDecipheriv(name, key.bytes, iv), ciphertext)
  } catch {
    return null
  }
}

/** OpenSSL's EVP_BytesToKey with MD5 and one round: next to no cost for whoever guesses. */
function derivedKey(passphrase: Uint8Array, salt: Uint8Array, length: number): Secret {
  using digests = Secret.ofSize(Math.ceil(length / md5Length) * md5Length)
  for (let position = 0; position < length; position += md5Length) {
    const previous = digests.bytes.subarray(Math.max(0, position - md5Length), position)
    using input = new Secret(concatenated([previous, passphrase, salt]))
    using digest = new Secret(hash("md5", input.bytes, "buffer"))
    digests.bytes.set(digest.bytes, position)
  }
  return Secret.copyOf(digests.bytes.subarray(0, length))
}

function invalid(reason: string): VaultError {
  return new VaultError("INVALID_INPUT", `PEM: ${reason}`)
}
