import { constants, generateKeyPair, privateDecrypt, publicEncrypt } from "node:crypto"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { decodePrivateKeyInfo } from "../formats/private-key-info.ts"
import { publicKeyOf } from "../formats/public-key-of.ts"
import type { AlgorithmFamily, EncryptionScheme } from "./algorithm-family.ts"
import { derKeyPair, generatedMaterial, privateKey, publicKey } from "./node-keys.ts"
import { nodeSignature } from "./node-signature.ts"
import { rsaAesKeyWrap } from "./rsa-aes-key-wrap.ts"

/** F4, what every program accepts and FIPS 186-5, A.1.1 allows. */
const publicExponent = 65537

/** RSA keys (RFC 8017) of the plain kind `rsaEncryption`, with two primes. */
export function rsa(modulusLength: 2048 | 3072 | 4096): AlgorithmFamily {
  return {
    generate: () =>
      generatedMaterial((done) => {
        generateKeyPair("rsa", { modulusLength, publicExponent, ...derKeyPair }, done)
      }),
    publicKey: publicKeyOf,
    signatures: new Map([
      ["rsa-pss-sha256", pss("sha256")],
      ["rsa-pss-sha384", pss("sha384")],
      ["rsa-pss-sha512", pss("sha512")],
      ["rsa-pkcs1-sha256", pkcs1("sha256")],
      ["rsa-pkcs1-sha384", pkcs1("sha384")],
      ["rsa-pkcs1-sha512", pkcs1("sha512")],
    ]),
    encryptions: new Map([
      ["rsa-oaep-sha256", oaep(modulusLength, "sha256")],
      ["rsa-oaep-sha1", oaep(modulusLength, "sha1")],
    ]),
    wrappings: new Map([
      ["rsa-oaep-sha256-aes-kwp", rsaAesKeyWrap(modulusLength, "sha256")],
      ["rsa-oaep-sha1-aes-kwp", rsaAesKeyWrap(modulusLength, "sha1")],
    ]),
  }
}

/** RSASSA-PSS (RFC 8017, 8.1): MGF1 with the same hash, and a salt of exactly its length, to verify too. */
function pss(digest: string) {
  return nodeSignature(digest, {
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  })
}

/** RSASSA-PKCS1-v1_5 (RFC 8017, 8.2). */
function pkcs1(digest: string) {
  return nodeSignature(digest, { padding: constants.RSA_PKCS1_PADDING })
}

const hashSizes = { sha256: 32, sha1: 20 }

/**
 * RSAES-OAEP (RFC 8017, 7.1), with one hash also for MGF1: SHA-1, of which OAEP needs no resistance to collisions, where the
 * other side knows nothing else. The label stays empty, because few programs can give one: the AAD is
 * not bound to the ciphertext. In the calling thread, where node:crypto has it: a few milliseconds at 4096 bits.
 */
function oaep(modulusLength: number, oaepHash: "sha256" | "sha1"): EncryptionScheme {
  const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash } as const
  // Two hashes and two bytes (RFC 8017, 7.1.1).
  const limit = modulusLength / 8 - 2 * hashSizes[oaepHash] - 2
  return {
    async encrypt(spki, plaintext) {
      if (plaintext.length > limit) {
        throw new VaultError("INVALID_INPUT", `plaintext: this key encrypts at most ${limit} bytes`)
      }
      const key = { ...publicKey(spki), ...padding }
      return publicEncrypt(key, plaintext)
    },
    async decrypt(material, ciphertext) {
      // Material that can't be read must not look like a ciphertext that does not open.
      decodePrivateKeyInfo(material)
      const key = { ...privateKey(material), ...padding }
      try {
        return new Secret(privateDecrypt(key, ciphertext))
      } catch {
        return null
      }
    },
  }
}
