import { Secret } from "../../domain/secret.ts"
import { concatenated } from "../formats/concatenated.ts"
import { encryptAge, openAge } from "./age-stream.ts"
import { sourceOf } from "./byte-source.ts"
import type { Identity, Recipient } from "./stanza.ts"

/** Encrypts what fits in memory, as armoured text. @throws INVALID_INPUT for recipients that don't go together */
export async function encryptWhole(
  plaintext: Secret,
  recipients: readonly Recipient[],
): Promise<Uint8Array<ArrayBuffer>> {
  const { bytes } = await collected(encryptAge(sourceOf([plaintext.bytes]), { recipients, isArmored: true }))
  return bytes
}

/**
 * Decrypts what fits in memory, armoured or not.
 * @returns null when it is for none of the identities
 * @throws INVALID_INPUT for what is no age file; INTEGRITY_FAILED
 */
export async function decryptWhole(file: Uint8Array, identities: readonly Identity[]): Promise<Secret | null> {
  using age = await openAge(sourceOf([file]), identities)
  return age === null ? null : await collected(age.plaintext())
}

/** All that a stream yields, though it wipes each chunk when asked for the next. */
export async function collected(chunks: AsyncIterable<Uint8Array>): Promise<Secret> {
  const parts: Secret[] = []
  try {
    for await (const chunk of chunks) parts.push(Secret.copyOf(chunk))
    return new Secret(concatenated(parts.map(({ bytes }) => bytes)))
  } finally {
    for (const part of parts) part[Symbol.dispose]()
  }
}
