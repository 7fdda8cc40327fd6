import { createHmac, hash, type KeyObject } from "node:crypto"
import { keyObject } from "./key-object.ts"

/** SHA-256 (FIPS 180-4): 32 bytes. */
export function sha256(data: Uint8Array): Uint8Array<ArrayBuffer> {
  return plainBytes(hash("sha256", data, "buffer"))
}

/** HMAC-SHA-256 (RFC 2104): 32 bytes, to be compared with `equalBytes`. A KeyObject saves making one each time. */
export function hmacSha256(key: KeyObject | Uint8Array, data: Uint8Array): Uint8Array<ArrayBuffer> {
  return plainBytes(createHmac("sha256", keyObject(key)).update(data).digest())
}

/** The same memory without Buffer's habits: its slice() shares, its toString() shows. */
function plainBytes(buffer: Buffer<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}
