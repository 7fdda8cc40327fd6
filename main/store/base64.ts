import { Buffer } from "node:buffer"
import { z } from "zod"

/** Standard base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64")
}

/** Standard base64, canonical only: what another spelling of the same bytes would allow, nobody needs. */
export const Base64 = z.string().transform((text, context) => {
  const bytes = Buffer.from(text, "base64")
  if (bytes.toString("base64") !== text) {
    context.addIssue({ code: "custom", message: "is not canonical base64" })
    return z.NEVER
  }
  return new Uint8Array(bytes)
})
