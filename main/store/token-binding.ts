import { z } from "zod"
import { parseTokenUri } from "../domain/token-uri.ts"
import { VaultError } from "../domain/vault-error.ts"
import { Base64 } from "./base64.ts"

const longestUri = 2048

/** Kept as it is spelled, because the AAD of what it seals holds it. */
const Base64Text = z.string().refine((text) => Base64.safeParse(text).success, "is not canonical base64")
const KeyUri = z.string().max(longestUri).refine(namesOneKey, "names no key in a token")

/** A key in a token, and what it takes from it to come to a secret that only it can come to. */
export const TokenBinding = z.strictObject({
  uri: KeyUri,
  /** SubjectPublicKeyInfo DER of that key. */
  publicKey: Base64Text,
  scheme: z.enum(["ecdh", "rsa-oaep-sha256", "rsa-oaep-sha1"]),
  encapsulated: Base64Text,
})
export type TokenBinding = z.infer<typeof TokenBinding>

/** Which token and which key in it; a label alone would be anybody's. */
function namesOneKey(text: string): boolean {
  try {
    const { id, serial, manufacturer, model } = parseTokenUri(text)
    return id !== undefined && serial !== undefined && manufacturer !== undefined && model !== undefined
  } catch (error) {
    if (error instanceof VaultError) return false
    throw error
  }
}
