import type { Secret } from "../../domain/secret.ts"
import { decodeBech32, encodeBech32 } from "./bech32.ts"
import { hybridIdentity } from "./hybrid-stanza.ts"
import { invalidFile } from "./invalid-file.ts"
import type { Identity } from "./stanza.ts"
import { x25519Identity } from "./x25519-stanza.ts"

const keySize = 32

/** What an identity begins with, before the 1 that belongs to Bech32. They are written in capitals only. */
const prefixes = { x25519: "AGE-SECRET-KEY-", mlkem768x25519: "AGE-SECRET-KEY-PQ-" } as const

/** The private key of age, 32 bytes whichever kind it is. */
export interface AgeKey {
  readonly kind: keyof typeof prefixes
  readonly secret: Secret
}

/** Writes an identity as the `age` program reads it, `AGE-SECRET-KEY-1…`: ASCII, which the caller wipes. */
export function encodeIdentity({ kind, secret }: AgeKey): Uint8Array<ArrayBuffer> {
  const text = encodeBech32(prefixes[kind].toLowerCase(), secret.bytes)
  for (const [index, character] of text.entries()) {
    if (character >= 0x61 && character <= 0x7a) text[index] = character - 0x20
  }
  return text
}

/** @throws INVALID_INPUT for a text that is no identity, or one that only a plugin understands */
export function decodeIdentity(text: Uint8Array): AgeKey {
  if (startsWith(text, "AGE-PLUGIN-")) throw invalidFile("an identity that belongs to a plugin")
  const kind = (["x25519", "mlkem768x25519"] as const).find((each) => startsWith(text, `${prefixes[each]}1`))
  const decoded = kind === undefined ? null : decodeBech32(text)
  if (kind === undefined || decoded === null) throw invalidFile("not an identity, or mistyped")
  const { prefix, data } = decoded
  if (prefix === prefixes[kind].toLowerCase() && data.bytes.length === keySize) return { kind, secret: data }
  data[Symbol.dispose]()
  throw invalidFile("not an identity of 32 bytes")
}

/** Who opens what is encrypted for this key. The key stays the caller's. */
export function identityOf({ kind, secret }: AgeKey): Identity {
  return kind === "x25519" ? x25519Identity(secret) : hybridIdentity(secret)
}

function startsWith(text: Uint8Array, start: string): boolean {
  return Buffer.from(text.subarray(0, start.length)).equals(Buffer.from(start))
}
