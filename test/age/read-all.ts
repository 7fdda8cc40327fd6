import { encryptAge, openAge } from "../../main/crypto/age/age-stream.ts"
import { sourceOf } from "../../main/crypto/age/byte-source.ts"
import type { Identity, Recipient } from "../../main/crypto/age/stanza.ts"

/** All that comes out, copied: it is lent. */
export async function readAll(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const copies: Uint8Array[] = []
  for await (const chunk of chunks) copies.push(new Uint8Array(chunk))
  return new Uint8Array(Buffer.concat(copies))
}

export function encrypted(plaintext: Uint8Array, recipients: readonly Recipient[], isArmored = false) {
  return readAll(encryptAge(sourceOf([plaintext]), { recipients, isArmored }))
}

/** `null` when the file is for none of the identities. */
export async function decrypted(file: Uint8Array, identities: readonly Identity[]): Promise<Uint8Array | null> {
  using age = await openAge(sourceOf([file]), identities)
  return age === null ? null : await readAll(age.plaintext())
}
