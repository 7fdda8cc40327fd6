import type { Secret } from "../../domain/secret.ts"
import { ArmorSource, armored } from "./armor.ts"
import { BufferedSource } from "./buffered-source.ts"
import type { ByteSource } from "./byte-source.ts"
import { newFileHead, openFileHead } from "./file-head.ts"
import { type Course, openPayload, sealPayload } from "./payload-stream.ts"
import type { Identity, Recipient } from "./stanza.ts"

const firstOfHeader = 0x61

export interface Encryption extends Course {
  readonly recipients: readonly Recipient[]
  /** As text. */
  readonly isArmored?: boolean | undefined
}

/**
 * Encrypts a stream in the age format, in constant memory.
 * @throws INVALID_INPUT for recipients that don't go together
 */
export function encryptAge(plaintext: ByteSource, encryption: Encryption): AsyncGenerator<Uint8Array, void, void> {
  const chunks = binaryFile(plaintext, encryption)
  return encryption.isArmored === true ? armored(chunks) : chunks
}

async function* binaryFile(plaintext: ByteSource, { recipients, ...course }: Encryption) {
  using head = await newFileHead(recipients)
  yield head.bytes
  yield* sealPayload(head.payloadKey, plaintext, course)
}

/** A file that opens, up to its first chunk. Disposing of it wipes the key. */
export class OpenedAge implements Disposable {
  readonly #key: Secret
  readonly #payload: ByteSource

  constructor(key: Secret, payload: ByteSource) {
    this.#key = key
    this.#payload = payload
  }

  /**
   * The plaintext, once, in constant memory. Each chunk is proven before it is yielded, but only the end proves that nothing was
   * cut off: what was written by then is to be removed if this throws. What is yielded is lent, and wiped when more is asked for.
   * @throws INTEGRITY_FAILED; INVALID_INPUT for armour that is malformed
   */
  plaintext(course: Course = {}): AsyncGenerator<Uint8Array, void, void> {
    return openPayload(this.#key, this.#payload, course)
  }

  [Symbol.dispose](): void {
    this.#key[Symbol.dispose]()
  }
}

/**
 * Opens a stream in the age format, armoured or not.
 * @returns `null` when it is for none of the identities: another passphrase, another key
 * @throws INVALID_INPUT, INTEGRITY_FAILED
 */
export async function openAge(file: ByteSource, identities: readonly Identity[]): Promise<OpenedAge | null> {
  const { source } = await unarmored(file)
  const key = await openFileHead(source, identities)
  return key === null ? null : new OpenedAge(key, source)
}

/** The binary file in a file that may be armoured. */
export async function unarmored(file: ByteSource): Promise<{ source: BufferedSource; isArmored: boolean }> {
  const source = new BufferedSource(file)
  const isArmored = (await source.peek()) !== firstOfHeader
  return { source: isArmored ? new BufferedSource(new ArmorSource(source)) : source, isArmored }
}
