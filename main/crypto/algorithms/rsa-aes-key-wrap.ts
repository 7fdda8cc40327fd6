import { constants, privateDecrypt, publicEncrypt } from "node:crypto"
import { Secret } from "../../domain/secret.ts"
import { decodePrivateKeyInfo } from "../formats/private-key-info.ts"
import { randomSecret } from "../random.ts"
import { aesKeyWrap } from "./aes-key-wrap.ts"
import type { WrappingScheme } from "./algorithm-family.ts"
import { privateKey, publicKey } from "./node-keys.ts"

/**
 * What the cloud key services ask for when a key is brought along (PKCS#11 v3.0, 2.1.21, CKM_RSA_AES_KEY_WRAP): a fresh
 * AES-256 key under RSA-OAEP, as long as the modulus, then the secret under that key with AES-KWP.
 *
 * @param modulusLength - in bits
 * @param oaepHash - also for MGF1; SHA-1 where the other side knows nothing else
 */
export function rsaAesKeyWrap(modulusLength: number, oaepHash: "sha256" | "sha1"): WrappingScheme {
  const oaep = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash } as const
  const blockLength = modulusLength / 8
  return {
    async wrap(spki, secret) {
      using transport = randomSecret(32)
      const block = publicEncrypt({ ...publicKey(spki), ...oaep }, transport.bytes)
      const wrapped = await aesKeyWrap.wrap(transport.bytes, secret)
      const both = new Uint8Array(block.length + wrapped.length)
      both.set(block)
      both.set(wrapped, block.length)
      return both
    },
    async unwrap(material, wrapped) {
      // Material that can't be read must not look like a wrapped key that does not open.
      decodePrivateKeyInfo(material)
      try {
        const key = { ...privateKey(material), ...oaep }
        using transport = new Secret(privateDecrypt(key, wrapped.subarray(0, blockLength)))
        return await aesKeyWrap.unwrap(transport.bytes, wrapped.subarray(blockLength))
      } catch {
        return null
      }
    },
  }
}
