import { createHmac } from "node:crypto"
import { Secret } from "../../../domain/secret.ts"

/** HMAC-SHA-512 (RFC 2104) of what the parts are together: 64 bytes. */
export function hmacSha512(key: Uint8Array, ...parts: readonly Uint8Array[]): Secret {
  const hmac = createHmac("sha512", key)
  for (const part of parts) hmac.update(part)
  const digest = hmac.digest()
  const secret = Secret.copyOf(digest)
  digest.fill(0)
  return secret
}
