import type { Secret } from "../../domain/secret.ts"
import { chachaUnder } from "../chacha20-poly1305.ts"
import { concatenated } from "../formats/concatenated.ts"
import { invalidFile } from "./invalid-file.ts"
import { fileKeySize, type Stanza } from "./stanza.ts"

const tagSize = 16

/** The key is made for this one use, so that its nonce need not differ from anything. */
const fixedNonce = new Uint8Array(12)

/** The body of a stanza: the file key under a wrap key of its own. */
export function wrapFileKey(wrapKey: Secret, fileKey: Secret, nonce: Uint8Array = fixedNonce): Uint8Array<ArrayBuffer> {
  return concatenated(chachaUnder(wrapKey.bytes).seal(nonce, fileKey.bytes))
}

/**
 * The file key in a stanza, or `null` when this wrap key does not open it.
 * @throws INVALID_INPUT for a body of another length: under a chosen longer one, a ciphertext can be made that opens under
 * many keys
 */
export function unwrapFileKey(wrapKey: Secret, { type, body }: Stanza, nonce: Uint8Array = fixedNonce): Secret | null {
  if (body.length !== fileKeySize + tagSize) throw invalidFile(`the body of a stanza of ${type} is not 32 bytes`)
  return chachaUnder(wrapKey.bytes).open(nonce, body)
}
