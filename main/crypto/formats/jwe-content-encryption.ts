import { createCipheriv, createDecipheriv, createHmac } from "node:crypto"
import type { Secret } from "../../domain/secret.ts"
import { equalBytes } from "../constant-time.ts"
import { concatenated } from "./concatenated.ts"
import { transformed } from "./transformed.ts"

const gcmTagLength = 16

/** Lengths in bytes, names those of node:crypto. */
interface Gcm {
  readonly mode: "gcm"
  readonly name: "aes-128-gcm" | "aes-192-gcm" | "aes-256-gcm"
  readonly keyLength: number
  readonly ivLength: number
}

/** AES in CBC mode, with an HMAC that is cut to half of its length; each takes half of the key (RFC 7518, 5.2). */
interface CbcHmac {
  readonly mode: "cbc"
  readonly name: "aes-128-cbc" | "aes-192-cbc" | "aes-256-cbc"
  readonly hash: "sha256" | "sha384" | "sha512"
  readonly keyLength: number
  readonly ivLength: number
}

/** The values of `enc` (RFC 7518, 5.1). */
const ciphers = {
  A128GCM: { mode: "gcm", name: "aes-128-gcm", keyLength: 16, ivLength: 12 },
  A192GCM: { mode: "gcm", name: "aes-192-gcm", keyLength: 24, ivLength: 12 },
  A256GCM: { mode: "gcm", name: "aes-256-gcm", keyLength: 32, ivLength: 12 },
  "A128CBC-HS256": { mode: "cbc", name: "aes-128-cbc", hash: "sha256", keyLength: 32, ivLength: 16 },
  "A192CBC-HS384": { mode: "cbc", name: "aes-192-cbc", hash: "sha384", keyLength: 48, ivLength: 16 },
  "A256CBC-HS512": { mode: "cbc", name: "aes-256-cbc", hash: "sha512", keyLength: 64, ivLength: 16 },
} as const satisfies Record<string, Gcm | CbcHmac>

export type ContentEncryption = keyof typeof ciphers

/** What a JWE holds beside its header and its encrypted key. */
export interface EncryptedContent {
  readonly iv: Uint8Array
  readonly ciphertext: Uint8Array
  readonly tag: Uint8Array
}

export function isContentEncryption(name: string): name is ContentEncryption {
  return Object.hasOwn(ciphers, name)
}

/** Bytes of the content encryption key. */
export function contentKeyLength(encryption: ContentEncryption): number {
  return ciphers[encryption].keyLength
}

/**
 * Decrypts the content of a JWE (RFC 7518, 5.2.2.2 and 5.3).
 *
 * @param key - of the length that the encryption asks for
 * @param aad - the protected header as it stands there, and what else is authenticated
 * @returns null when the tag says that key, content or header is wrong
 */
export function decryptContent(
  encryption: ContentEncryption,
  key: Uint8Array,
  { iv, ciphertext, tag }: EncryptedContent,
  aad: Uint8Array,
): Secret | null {
  const cipher: Gcm | CbcHmac = ciphers[encryption]
  if (iv.length !== cipher.ivLength) return null
  try {
    return cipher.mode === "gcm"
      ? decryptGcm(cipher, key, { iv, ciphertext, tag }, aad)
      : decryptCbc(cipher, key, { iv, ciphertext, tag }, aad)
  } catch {
    return null
  }
}

function decryptGcm(
  { name }: Gcm,
  key: Uint8Array,
  { iv, ciphertext, tag }: EncryptedContent,
  aad: Uint8Array,
): Secret {
  const cipher = createDecipheriv(name, key, iv, { authTagLength: gcmTagLength })
  return transformed(cipher.setAAD(aad).setAuthTag(tag), ciphertext)
}

function decryptCbc(
  { name, hash }: CbcHmac,
  key: Uint8Array,
  { iv, ciphertext, tag }: EncryptedContent,
  aad: Uint8Array,
): Secret | null {
  const half = key.length / 2
  if (!equalBytes(cbcTag(hash, key.subarray(0, half), aad, iv, ciphertext), tag)) return null
  return transformed(createDecipheriv(name, key.subarray(half), iv), ciphertext)
}

function cbcTag(hash: string, key: Uint8Array, aad: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  const bits = new Uint8Array(8)
  new DataView(bits.buffer).setBigUint64(0, BigInt(aad.length) * 8n)
  const mac = createHmac(hash, key).update(aad).update(iv).update(ciphertext).update(bits).digest()
  return mac.subarray(0, mac.length / 2)
}

/** A256GCM, which is what we write. */
export function encryptContent(
  key: Uint8Array,
  iv: Uint8Array,
  plaintext: Uint8Array,
  aad: Uint8Array,
): Omit<EncryptedContent, "iv"> {
  const cipher = createCipheriv("aes-256-gcm", key, iv, { authTagLength: gcmTagLength }).setAAD(aad)
  const ciphertext = concatenated([cipher.update(plaintext), cipher.final()])
  return { ciphertext, tag: cipher.getAuthTag() }
}
