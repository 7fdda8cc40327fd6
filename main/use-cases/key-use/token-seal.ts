import type { Mechanism } from "../../../preload/contract/values.ts"
import type { Key } from "../../domain/key.ts"
import type { Secret } from "../../domain/secret.ts"
import type { OaepMechanism, TokenPort } from "../../domain/token-port.ts"
import type { TokenUri } from "../../domain/token-uri.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { KeyWork } from "./token-use.ts"

/** What these need of a key. */
export type KeyInToken = Pick<Key, "algorithm" | "purpose">

/** Of the key that a wrapping key in a token wraps for one message, and what AES-KWP makes of it (RFC 5649). */
const envelopeKeySize = 32
const wrappedKeySize = envelopeKeySize + 8

/**
 * Seals under a secret key in a token. An encryption key gives what one in the vault gives: nonce, ciphertext and tag of AES-GCM.
 * A wrapping key encrypts nothing by itself: it wraps a key that is made for this once, and that one encrypts.
 * What does not open again is handed out to nobody.
 */
export async function sealInToken(
  work: KeyWork,
  key: KeyInToken,
  uri: TokenUri,
  plaintext: Uint8Array,
  aad: Uint8Array,
): Promise<{ readonly sealed: Uint8Array; readonly mechanism: Mechanism }> {
  const { crypto, tokens, pin } = work
  const port = await tokens()
  if (key.purpose !== "key-wrapping") {
    const sealed = await port.encrypt(uri, pin, plaintext, aad)
    using again = await port.decrypt(uri, null, { mechanism: "aes-gcm", aad }, sealed)
    requireSame(work, again, plaintext)
    return { sealed, mechanism: "aes-gcm" }
  }
  using envelopeKey = crypto.randomSecret(envelopeKeySize)
  const wrapped = await wrapInToken(work, uri, envelopeKey.bytes)
  const body = await crypto.encrypt("aes-256", "aes-gcm", envelopeKey.bytes, plaintext, aad)
  return { sealed: Buffer.concat([wrapped, body]), mechanism: "aes-kwp" }
}

/** `null` when it does not open. */
export async function openInToken(
  { crypto, tokens, pin }: KeyWork,
  key: KeyInToken,
  uri: TokenUri,
  mechanism: Mechanism,
  sealed: Uint8Array,
  aad: Uint8Array,
): Promise<Secret | null> {
  const port = await tokens()
  if (key.algorithm.startsWith("rsa-")) return await openOaep(port, key, uri, pin, requireOaep(mechanism), sealed)
  if (key.purpose !== "key-wrapping") return await port.decrypt(uri, pin, { mechanism: "aes-gcm", aad }, sealed)
  using envelopeKey = await port.unwrap(uri, pin, "aes-kwp", sealed.subarray(0, wrappedKeySize))
  if (envelopeKey?.bytes.length !== envelopeKeySize) return null
  return await crypto.decrypt("aes-256", "aes-gcm", envelopeKey.bytes, sealed.subarray(wrappedKeySize), aad)
}

/** By the one use that the key has. */
function openOaep(
  port: TokenPort,
  { purpose }: KeyInToken,
  uri: TokenUri,
  pin: Secret | null,
  mechanism: OaepMechanism,
  block: Uint8Array,
): Promise<Secret | null> {
  return purpose === "key-wrapping"
    ? port.unwrap(uri, pin, mechanism, block)
    : port.decrypt(uri, pin, { mechanism }, block)
}

function requireOaep(mechanism: Mechanism): OaepMechanism {
  if (mechanism === "rsa-oaep-sha256" || mechanism === "rsa-oaep-sha1") return mechanism
  throw new VaultError("INVALID_INPUT", "mechanism: does not fit the key")
}

/**
 * AES-KWP in the token, of a secret that only the token sees on the way.
 * @throws `TOKEN_ERROR` also when what it wraps does not come out again as it was: some fill it up with zeros
 */
export async function wrapInToken(work: KeyWork, uri: TokenUri, secret: Uint8Array): Promise<Uint8Array> {
  const { tokens, pin } = work
  const port = await tokens()
  const packed = await packForToken(work, uri, pin, secret)
  const wrapped = await port.wrap(uri, null, packed)
  using again = await port.unwrap(uri, null, "aes-kwp", wrapped)
  requireSame(work, again, secret)
  return wrapped
}

/** Encrypts a secret for the token alone. What it is packed for takes it at once, and without the PIN: else the token has forgotten it. */
export async function packForToken(
  { crypto, tokens }: Pick<KeyWork, "crypto" | "tokens">,
  uri: TokenUri,
  pin: Secret | null,
  secret: Uint8Array,
): Promise<Uint8Array> {
  const { publicKey, mechanism } = await (await tokens()).transport(uri, pin)
  const { algorithm } = crypto.readPublicKey(publicKey)
  return await crypto.wrapMaterial(algorithm, `${mechanism}-aes-kwp`, publicKey, secret)
}

/**
 * Opens what another program wrapped under a key in a token. Of the two steps with RSA the second is done here: the token opens the
 * key in between.
 * @returns `null` when it does not open
 */
export async function unwrapForeignInToken(
  { crypto, tokens, pin }: KeyWork,
  key: KeyInToken,
  uri: TokenUri,
  mechanism: Mechanism,
  wrapped: Uint8Array,
): Promise<Secret | null> {
  const port = await tokens()
  if (mechanism === "aes-kwp") {
    requireWraps(key)
    return await port.unwrap(uri, pin, mechanism, wrapped)
  }
  const blockSize = Number(key.algorithm.slice("rsa-".length)) / 8
  const padding = mechanism === "rsa-oaep-sha1-aes-kwp" ? "rsa-oaep-sha1" : "rsa-oaep-sha256"
  using between = await openOaep(port, key, uri, pin, padding, wrapped.subarray(0, blockSize))
  if (between === null) return null
  return await crypto.unwrapMaterial("aes-256", "aes-kwp", between.bytes, wrapped.subarray(blockSize))
}

/** @throws `POLICY_DENIED` for an encryption key: in a token, one key has one job */
export function requireWraps({ purpose }: KeyInToken): void {
  if (purpose !== "key-wrapping")
    throw new VaultError("POLICY_DENIED", `usages-within-purpose: in a token, a key for ${purpose} wraps nothing`)
}

function requireSame({ crypto }: KeyWork, opened: Secret | null, secret: Uint8Array): void {
  if (opened === null || !crypto.equalBytes(opened.bytes, secret)) {
    throw new VaultError("TOKEN_ERROR", "what it makes does not open again as it was")
  }
}
