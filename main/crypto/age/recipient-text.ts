import { x25519PublicKey } from "../x25519-agreement.ts"
import { decodeBech32, encodeBech32 } from "./bech32.ts"
import { hybridPublicKey, hybridPublicKeySize, hybridRecipient } from "./hybrid-stanza.ts"
import type { AgeKey } from "./identity-text.ts"
import { invalidFile } from "./invalid-file.ts"
import type { Recipient } from "./stanza.ts"
import { x25519Recipient } from "./x25519-stanza.ts"

/** The kinds of recipients that have a text, by what it begins with before the 1 that belongs to Bech32. */
const kinds = {
  age: { size: 32, recipientOf: x25519Recipient },
  age1pq: { size: hybridPublicKeySize, recipientOf: hybridRecipient },
} as const

/** The text that others encrypt for: `age1…`. @param publicKey - 32 bytes, of an X25519 key */
export function x25519RecipientText(publicKey: Uint8Array): string {
  return Buffer.from(encodeBech32("age", publicKey)).toString("latin1")
}

/** The recipient of an identity: `age1…`, `age1pq1…`. */
export function recipientTextOf({ kind, secret }: AgeKey): string {
  if (kind === "x25519") return x25519RecipientText(x25519PublicKey(secret))
  return Buffer.from(encodeBech32("age1pq", hybridPublicKey(secret))).toString("latin1")
}

/** @throws INVALID_INPUT for a text that is no recipient, or one of a kind that is not supported */
export function decodeRecipient(text: string): Recipient {
  const decoded = text === text.toLowerCase() ? decodeBech32(Buffer.from(text)) : null
  if (decoded === null) throw invalidFile("not a recipient, or mistyped")
  const { prefix, data } = decoded
  if (prefix !== "age" && prefix !== "age1pq") throw invalidFile("a recipient of a kind that is not supported")
  const { size, recipientOf } = kinds[prefix]
  if (data.bytes.length !== size) throw invalidFile(`a recipient that is not ${size} bytes`)
  return recipientOf(data.bytes)
}
