import { createCipheriv, createDecipheriv } from "node:crypto"
import { Secret } from "../../domain/secret.ts"
import { aesCmac } from "../cmac.ts"
import { randomBytes, randomSecret } from "../random.ts"
import { aesKeyWrap } from "./aes-key-wrap.ts"
import type { AlgorithmFamily, EncryptionScheme } from "./algorithm-family.ts"
import { nonceSize, type SealedParts, splitSealed, tagSize } from "./sealed-layout.ts"
import { slicesOf } from "./slices.ts"

/** AES (FIPS 197) for use with GCM (NIST SP 800-38D). */
export function aes(bits: 128 | 192 | 256): AlgorithmFamily {
  return {
    generate: () => randomSecret(bits / 8),
    keyCheckValue,
    encryptions: new Map([["aes-gcm", aesGcm(`aes-${bits}-gcm`)]]),
    wrappings: new Map([["aes-kwp", aesKeyWrap]]),
  }
}

/** The first 3 bytes of AES-CMAC over a zero block (ANSI X9.24-1:2017), tagged because ECB check values look alike. */
function keyCheckValue(key: Uint8Array): string {
  const mac = aesCmac(key, new Uint8Array(16))
  return `cmac:${Buffer.from(mac.subarray(0, 3)).toString("hex")}`
}

/** Ciphertext: nonce, as many bytes as the plaintext, tag. The random 96-bit nonce holds for 2^32 messages under one key. */
function aesGcm(cipherName: "aes-128-gcm" | "aes-192-gcm" | "aes-256-gcm"): EncryptionScheme {
  return {
    async encrypt(key, plaintext, aad) {
      const sealed = new Uint8Array(nonceSize + plaintext.length + tagSize)
      const nonce = randomBytes(nonceSize)
      const cipher = createCipheriv(cipherName, key, nonce, { authTagLength: tagSize }).setAAD(aad)
      sealed.set(nonce)
      let end = nonceSize
      for await (const slice of slicesOf(plaintext)) {
        sealed.set(cipher.update(slice), end)
        end += slice.length
      }
      cipher.final()
      sealed.set(cipher.getAuthTag(), end)
      return sealed
    },
    async decrypt(key, sealed, aad) {
      const parts = splitSealed(sealed)
      return parts === null ? null : openGcm(cipherName, key, parts, aad)
    },
  }
}

async function openGcm(
  cipherName: "aes-128-gcm" | "aes-192-gcm" | "aes-256-gcm",
  key: Uint8Array,
  { nonce, ciphertext, tag }: SealedParts,
  aad: Uint8Array,
): Promise<Secret | null> {
  const decipher = createDecipheriv(cipherName, key, nonce, { authTagLength: tagSize }).setAAD(aad).setAuthTag(tag)
  const { bytes: plaintext } = Secret.ofSize(ciphertext.length)
  let end = 0
  for await (const slice of slicesOf(ciphertext)) {
    using opened = new Secret(decipher.update(slice))
    plaintext.set(opened.bytes, end)
    end += slice.length
  }
  try {
    decipher.final()
  } catch {
    // What a wrong tag does not vouch for is nobody's plaintext.
    plaintext.fill(0)
    return null
  }
  return new Secret(plaintext)
}
