import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from "node:crypto"
import { Secret } from "../domain/secret.ts"
import { canonicalBytes, type JsonValue } from "./canonical-json.ts"
import { keyObject } from "./key-object.ts"
import { randomBytes } from "./random.ts"

const algorithm = "aes-256-gcm"
const nonceSize = 12
const tagSize = 16
const noncesAtOnce = 256

/** The parts of a sealed secret, as the header keeps them: a nonce of 12 bytes, a tag of 16. */
export interface SealedParts {
  readonly nonce: Uint8Array
  readonly ciphertext: Uint8Array
  readonly tag: Uint8Array
}

/** Which thing of which vault a sealed secret is: moved to another place, it does not open. */
export interface SealedPlace {
  readonly vaultId: string
  readonly [id: string]: JsonValue
}

/**
 * AES-256-GCM (NIST SP 800-38D) under a fresh random nonce. One key may seal 2^32 times (section 8.3).
 * @param key - 32 bytes; a KeyObject saves making one each time
 * @returns nonce (12) | ciphertext | tag (16)
 */
export function seal(key: KeyObject | Uint8Array, plaintext: Uint8Array, aad: Uint8Array): Uint8Array<ArrayBuffer> {
  const nonce = freshNonce()
  const cipher = createCipheriv(algorithm, keyObject(key), nonce, { authTagLength: tagSize })
  cipher.setAAD(aad)
  const sealed = new Uint8Array(nonceSize + plaintext.length + tagSize)
  sealed.set(nonce)
  sealed.set(cipher.update(plaintext), nonceSize)
  cipher.final()
  sealed.set(cipher.getAuthTag(), nonceSize + plaintext.length)
  return sealed
}

/**
 * Opens what `seal` made.
 * @returns `null` when the key or the AAD is another, or a byte was changed or lost: which of them cannot be told
 */
export function open(key: KeyObject | Uint8Array, sealed: Uint8Array, aad: Uint8Array): Secret | null {
  if (sealed.length < nonceSize + tagSize) return null
  const { nonce, ciphertext, tag } = splitSealed(sealed)
  const decipher = createDecipheriv(algorithm, keyObject(key), nonce, { authTagLength: tagSize })
  decipher.setAAD(aad)
  decipher.setAuthTag(tag)
  const buffer = decipher.update(ciphertext)
  const plaintext = new Secret(new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength))
  try {
    decipher.final()
    return plaintext
  } catch {
    plaintext[Symbol.dispose]()
    return null
  }
}

/** Views of the three parts. @throws RangeError when there are fewer bytes than a nonce and a tag take */
export function splitSealed(sealed: Uint8Array): SealedParts {
  const end = sealed.length - tagSize
  if (end < nonceSize) throw new RangeError("too short to be sealed")
  return {
    nonce: sealed.subarray(0, nonceSize),
    ciphertext: sealed.subarray(nonceSize, end),
    tag: sealed.subarray(end),
  }
}

/** What `open` takes. @throws RangeError when the nonce or the tag has another size */
export function joinSealed({ nonce, ciphertext, tag }: SealedParts): Uint8Array<ArrayBuffer> {
  if (nonce.length !== nonceSize || tag.length !== tagSize)
    throw new RangeError("the nonce or the tag has another size")
  const sealed = new Uint8Array(nonceSize + ciphertext.length + tagSize)
  sealed.set(nonce)
  sealed.set(ciphertext, nonceSize)
  sealed.set(tag, nonceSize + ciphertext.length)
  return sealed
}

/**
 * The AAD of every sealed secret (vault format, hierarchy): canonical JSON of what it is and where it belongs.
 * @param use - such as "dek" or "material"; `place` cannot replace it
 */
export function aadFor(use: string, place: SealedPlace): Uint8Array<ArrayBuffer> {
  return canonicalBytes({ ...place, format: "claviger", v: 1, use })
}

/** A key kept outside the JavaScript heap, wiped by OpenSSL when nothing refers to it any longer. Copies the bytes. */
export function secretKey(secret: Secret): KeyObject {
  return createSecretKey(secret.bytes)
}

let nonces = new Uint8Array(0)

/** Nonces are public: drawing for hundreds of them at once is what makes sealing fast. */
function freshNonce(): Uint8Array {
  if (nonces.length === 0) nonces = randomBytes(nonceSize * noncesAtOnce)
  const nonce = nonces.subarray(0, nonceSize)
  nonces = nonces.subarray(nonceSize)
  return nonce
}
