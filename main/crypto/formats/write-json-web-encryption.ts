import { Secret } from "../../domain/secret.ts"
import { randomBytes, randomSecret } from "../random.ts"
import { encodeBase64 } from "./base64.ts"
import { concatenated } from "./concatenated.ts"
import { contentKeyLength, encryptContent } from "./jwe-content-encryption.ts"
import { type PassphraseEncryption, wrapContentKey } from "./jwe-key-encryption.ts"

/** Above OWASP's floor for PBKDF2-HMAC-SHA-512, 210,000, and as many as our other formats have. */
const writtenCount = 600_000
const saltLength = 16
const ivLength = 12
const dot = Buffer.from(".")

/**
 * A JWE in its compact serialisation (RFC 7516, 7.1): PBES2-HS512+A256KW of 600,000 iterations, A256GCM.
 *
 * @param jsonWebKey - what is encrypted (RFC 7517, section 7); stays the caller's, who wipes it
 * @returns ASCII without a line break, which parsers would stumble over
 */
export async function encodeJsonWebEncryption(
  jsonWebKey: Uint8Array,
  passphrase: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const encryption: PassphraseEncryption = {
    algorithm: "PBES2-HS512+A256KW",
    salt: randomBytes(saltLength),
    count: writtenCount,
  }
  using contentKey = randomSecret(contentKeyLength("A256GCM"))
  const encryptedKey = await wrapContentKey(encryption, contentKey.bytes, passphrase)
  const iv = randomBytes(ivLength)
  const header = encodeBase64(protectedHeader(encryption), "base64url")
  const { ciphertext, tag } = encryptContent(contentKey.bytes, iv, jsonWebKey, header)
  const parts = [encryptedKey, iv, ciphertext, tag].flatMap((part) => [dot, encodeBase64(part, "base64url")])
  return concatenated([header, ...parts])
}

function protectedHeader({ algorithm, salt, count }: PassphraseEncryption): Uint8Array {
  using encoded = new Secret(encodeBase64(salt, "base64url"))
  const p2s = Buffer.from(encoded.bytes).toString("latin1")
  return Buffer.from(JSON.stringify({ alg: algorithm, enc: "A256GCM", p2s, p2c: count, cty: "jwk+json" }))
}
