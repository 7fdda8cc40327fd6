import type { Secret } from "../../domain/secret.ts"
import { equalBytes } from "../constant-time.ts"
import { hkdfSha256 } from "../derive.ts"
import { encodeBase64 } from "../formats/base64.ts"
import { hmacSha256 } from "../hmac.ts"
import type { Stanza } from "./stanza.ts"

/** The marks that make the lines of a header, and its columns (age, "ABNF definition of file header"). */
export const mark = { version: "age-encryption.org/v1", stanza: "->", mac: "---" } as const
export const lineLength = 64
export const macSize = 32

/** One argument is visible ASCII. */
const argument = /^[\x21-\x7e]+$/

/** A header that was read: not to be believed before its MAC is checked with the file key that its stanzas give. */
export interface Header {
  readonly stanzas: readonly Stanza[]
  /** What the MAC is of. */
  readonly text: Uint8Array
  readonly mac: Uint8Array
}

/** The header of a new file. */
export function encodeHeader(stanzas: readonly Stanza[], fileKey: Secret): Uint8Array {
  const text = [mark.version, ...stanzas.flatMap(stanzaLines), mark.mac].join("\n")
  return Buffer.from(`${text} ${base64(headerMac(Buffer.from(text), fileKey))}\n`)
}

function stanzaLines({ type, args, body }: Stanza): string[] {
  if (!areArguments([type, ...args])) throw new Error("an argument that no stanza can have")
  const text = base64(body)
  // The last line is shorter than the others, if need be empty: that is how its end is told.
  const lines = Array.from({ length: Math.floor(text.length / lineLength) + 1 }, (_, line) =>
    text.slice(line * lineLength, (line + 1) * lineLength),
  )
  return [[mark.stanza, type, ...args].join(" "), ...lines]
}

/** Whether each is one that a stanza can have. */
export function areArguments(texts: readonly string[]): boolean {
  return texts.every((text) => argument.test(text))
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(encodeBase64(bytes, "base64-unpadded")).toString("latin1")
}

function headerMac(text: Uint8Array, fileKey: Secret): Uint8Array {
  using key = hkdfSha256(fileKey.bytes, new Uint8Array(0), Buffer.from("header"), macSize)
  return hmacSha256(key.bytes, text)
}

/** Whether this is the header that was written with the file key. */
export function isAuthentic({ text, mac }: Header, fileKey: Secret): boolean {
  return equalBytes(headerMac(text, fileKey), mac)
}
