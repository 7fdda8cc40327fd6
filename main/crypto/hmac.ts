import { createHmac, hash, type KeyObject } from "node:crypto"
import { keyObject } from "./key-object.ts"

/** SHA-256 (FIPS 180-4): 32 bytes. Of a text, its UTF-8 is hashed. */
export function sha256(data: Uint8Array | string): Uint8Array<ArrayBuffer> {
  return bytesOf(hash("sha256", data, "binary"))
}

/** HMAC-SHA-256 (RFC 2104): 32 bytes, to be compared with `equalBytes`. A KeyObject saves making one each time. */
export function hmacSha256(key: KeyObject | Uint8Array, data: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytesOf(createHmac("sha256", keyObject(key)).update(data).digest("binary"))
}

/** A digest is asked for as text, a character a byte: a buffer that native code makes costs more than the hashing. */
function bytesOf(digest: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(digest, "binary"))
}
