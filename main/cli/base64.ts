/** Standard base64 (RFC 4648, section 4), as binary values stand in JSON. Makes no copy of the bytes. */
export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64")
}
