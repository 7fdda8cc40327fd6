import { Secret } from "../../domain/secret.ts"
import { randomSecret } from "../random.ts"
import type { AlgorithmFamily, Bytes } from "./algorithm-family.ts"

const alphabet = new TextEncoder().encode("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

/** A secret that is text: an API token, a password. It is kept and handed out; nothing is computed with it. */
export const secretText: AlgorithmFamily = { generate: generateText }

/** 32 random bytes as 43 characters of base64url (RFC 4648, 5), which no shell, URL or header needs to quote. */
function generateText(): Secret {
  using random = randomSecret(32)
  return new Secret(base64Url(random.bytes))
}

/** Unpadded base64url, made as bytes: `Buffer.toString` would leave the secret in a string that can't be wiped. */
function base64Url(bytes: Uint8Array): Bytes {
  const { bytes: text } = Secret.ofSize(Math.ceil((bytes.length * 8) / 6))
  for (let position = 0; position < text.length; position++) {
    const bit = position * 6
    const octet = bit >> 3
    // The six bits lie within two neighbouring octets; past the end there are zeros.
    const pair = ((bytes[octet] ?? 0) << 8) | (bytes[octet + 1] ?? 0)
    text[position] = alphabet[(pair >> (10 - (bit & 7))) & 63] ?? 0
  }
  return text
}
