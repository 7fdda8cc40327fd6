import { randomBytes } from "node:crypto"
import pkcs11js, { type PKCS11 } from "pkcs11js"
import type { Algorithm } from "../../preload/contract/values.ts"
import type { TokenCipher } from "../domain/token-port.ts"
import { VaultError } from "../domain/vault-error.ts"
import { ContentRefused, callContent, callToken, returnValueOf } from "./token-failure.ts"
import type { KeyUse } from "./token-key-uses.ts"
import { macScheme, oaepMechanism } from "./token-mechanisms.ts"

/** Nonce, as many bytes as the plaintext, tag: as AES-GCM of the vault has it. */
const nonceSize = 12
const tagSize = 16

/**
 * The structure of the parameters came in two sizes (PKCS#11 2.30 and 2.40 errata), and each library takes one of them: it says so
 * at the start of an operation, before anything is encrypted.
 */
const parameterTypes = [pkcs11js.CK_PARAMS_AES_GCM, pkcs11js.CK_PARAMS_AES_GCM_v240]
const otherParameters = ["CKR_MECHANISM_PARAM_INVALID", "CKR_ARGUMENTS_BAD"]

function startGcm(nonce: Buffer, aad: Uint8Array, start: (mechanism: pkcs11js.Mechanism) => void): void {
  const [first, second] = parameterTypes.map((type) => ({
    mechanism: pkcs11js.CKM_AES_GCM,
    parameter: { type, iv: nonce, ivBits: nonce.length * 8, aad: Buffer.from(aad), tagBits: tagSize * 8 },
  }))
  if (first === undefined || second === undefined) throw new Error("there are two kinds")
  try {
    start(first)
  } catch (error) {
    if (!otherParameters.includes(returnValueOf(error) ?? "")) throw error
    start(second)
  }
}

/**
 * AES-GCM in the token. The nonce is drawn here: a token that insists on its own would have to give it back, which the library
 * does not pass on. The random 96 bits hold for 2^32 messages under one key (NIST SP 800-38D, 8.3).
 */
export function encryptInToken(
  pkcs11: PKCS11,
  { session, handle, confirm }: KeyUse,
  plaintext: Uint8Array,
  aad: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(nonceSize)
  return callToken(() => {
    startGcm(nonce, aad, (mechanism) => pkcs11.C_EncryptInit(session.handle, mechanism, handle))
    confirm()
    const room = Buffer.alloc(plaintext.length + tagSize)
    const sealed =
      plaintext.length === 0
        ? // Some take a message of no bytes for a mistake.
          pkcs11.C_EncryptFinal(session.handle, room)
        : pkcs11.C_Encrypt(session.handle, viewOf(plaintext), room)
    return new Uint8Array(Buffer.concat([nonce, sealed]))
  })
}

/** @throws ContentRefused when it does not open */
export function decryptInToken(
  pkcs11: PKCS11,
  { session, handle, confirm }: KeyUse,
  cipher: TokenCipher,
  ciphertext: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const isGcm = cipher.mechanism === "aes-gcm"
  const body = Buffer.from(isGcm ? ciphertext.subarray(nonceSize) : ciphertext)
  // Some take what is too short to be anything for a mistake of the caller.
  if (body.length < tagSize) throw new ContentRefused(new VaultError("TOKEN_ERROR", "it is too short"))
  callToken(() => {
    if (cipher.mechanism !== "aes-gcm") {
      pkcs11.C_DecryptInit(session.handle, oaepMechanism(cipher.mechanism), handle)
    } else {
      const nonce = Buffer.from(ciphertext.subarray(0, nonceSize))
      startGcm(nonce, cipher.aad, (mechanism) => pkcs11.C_DecryptInit(session.handle, mechanism, handle))
    }
    confirm()
  })
  // Some libraries want as much room as the ciphertext has.
  const opened = callContent(() => pkcs11.C_Decrypt(session.handle, body, Buffer.alloc(body.length)))
  const longest = body.length - (isGcm ? tagSize : leastOaepPadding)
  // A length that makes no sense gives the whole room, with nothing in the end of it.
  if (opened.length > longest || (isGcm && opened.length < longest)) {
    opened.fill(0)
    throw new VaultError("TOKEN_ERROR", "it gave a plaintext of a wrong length")
  }
  const plaintext = new Uint8Array(opened)
  opened.fill(0)
  return plaintext
}

/** The same bytes, and no copy that nobody would wipe. */
export function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}

/** Two hashes of SHA-1 and two bytes (RFC 8017, 7.1.1). */
const leastOaepPadding = 2 * 20 + 2

/** Readers and small devices take no more at once. */
const chunk = 16 * 1024

/** HMAC in the token, which has to see all of the message. */
export function macInToken(
  pkcs11: PKCS11,
  { session, handle, confirm }: KeyUse,
  algorithm: Algorithm,
  message: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const { mechanism, size } = macScheme(algorithm)
  const room = Buffer.alloc(size)
  const tag = callToken(() => {
    pkcs11.C_SignInit(session.handle, { mechanism }, handle)
    confirm()
    if (message.length > 0 && message.length <= chunk) {
      return pkcs11.C_Sign(session.handle, viewOf(message), room)
    }
    for (let at = 0; at < message.length; at += chunk) {
      pkcs11.C_SignUpdate(session.handle, viewOf(message.subarray(at, at + chunk)))
    }
    return pkcs11.C_SignFinal(session.handle, room)
  })
  if (tag.length !== size) throw new VaultError("TOKEN_ERROR", "it gave a MAC of a wrong length")
  return new Uint8Array(tag)
}
