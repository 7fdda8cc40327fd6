import type { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { hkdfSha256 } from "../derive.ts"
import { concatenated } from "../formats/concatenated.ts"
import { randomBytes, randomSecret } from "../random.ts"
import type { BufferedSource } from "./buffered-source.ts"
import { fill } from "./byte-source.ts"
import { encodeHeader, isAuthentic } from "./header.ts"
import { hybridType } from "./hybrid-stanza.ts"
import { invalidFile } from "./invalid-file.ts"
import { readHeader } from "./read-header.ts"
import { scryptType } from "./scrypt-stanza.ts"
import { fileKeySize, type Identity, type Recipient, type Stanza } from "./stanza.ts"
import { x25519Type } from "./x25519-stanza.ts"

const nonceSize = 16

/** All of a new file that stands before its first chunk, and the key that the chunks are sealed with. */
export interface FileHead extends Disposable {
  readonly bytes: Uint8Array
  readonly payloadKey: Secret
}

/**
 * Begins a file for some recipients.
 * @throws INVALID_INPUT for recipients of which one would take from the file what another one promises
 */
export async function newFileHead(recipients: readonly Recipient[]): Promise<FileHead> {
  using fileKey = randomSecret(fileKeySize)
  const stanzas: Stanza[] = []
  for (const recipient of recipients) stanzas.push(await recipient.wrap(fileKey))
  requireFitting(stanzas)
  const nonce = randomBytes(nonceSize)
  const payloadKey = payloadKeyOf(fileKey, nonce)
  const bytes = concatenated([encodeHeader(stanzas, fileKey), nonce])
  return { bytes, payloadKey, [Symbol.dispose]: () => payloadKey[Symbol.dispose]() }
}

/** Who knows the passphrase could be the only one to have made the file; and what waits for a quantum computer needs one key only. */
function requireFitting(stanzas: readonly Stanza[]): void {
  const types = new Set(stanzas.map(({ type }) => type))
  if (stanzas.length === 0) throw invalidFile("at least one recipient is needed")
  if (types.has(scryptType) && stanzas.length > 1) throw invalidFile("a passphrase can't stand beside other recipients")
  if (types.has(hybridType) && types.has(x25519Type)) {
    throw invalidFile("a post-quantum recipient can't stand beside one that is not")
  }
}

/**
 * Opens the head of a file; behind it the source stands at the first chunk.
 * @returns the key of the payload, or `null` when the file is for none of the identities
 * @throws INVALID_INPUT, INTEGRITY_FAILED
 */
export async function openFileHead(source: BufferedSource, identities: readonly Identity[]): Promise<Secret | null> {
  const header = await readHeader(source)
  using fileKey = await unwrapped(header.stanzas, identities)
  if (fileKey === null) return null
  if (!isAuthentic(header, fileKey)) throw new VaultError("INTEGRITY_FAILED", "age: the header was changed")
  const nonce = new Uint8Array(nonceSize)
  if ((await fill(source, nonce)) < nonceSize) throw invalidFile("the file ends behind its header")
  return payloadKeyOf(fileKey, nonce)
}

async function unwrapped(stanzas: readonly Stanza[], identities: readonly Identity[]): Promise<Secret | null> {
  for (const identity of identities) {
    const fileKey = await identity.unwrap(stanzas)
    if (fileKey !== null) return fileKey
  }
  return null
}

function payloadKeyOf(fileKey: Secret, nonce: Uint8Array): Secret {
  return hkdfSha256(fileKey.bytes, nonce, Buffer.from("payload"), 32)
}
