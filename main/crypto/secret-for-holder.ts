import type { Algorithm } from "../../preload/contract/values.ts"
import type { Secret } from "../domain/secret.ts"
import type { HolderScheme } from "../domain/token-port.ts"
import { encrypt } from "./algorithms/encryption.ts"
import { deriveSecret } from "./algorithms/key-wrapping.ts"
import { generateMaterial, publicKeyFor } from "./algorithms/material.ts"
import { randomSecret } from "./random.ts"

const none = new Uint8Array(0)

export interface SecretForHolder {
  /** The caller's to wipe. To be put through HKDF: of Diffie-Hellman it is the shared secret as it is. */
  readonly secret: Secret
  /** From which the holder of the private key, and nobody else, gets the secret. */
  readonly encapsulated: Uint8Array
}

/**
 * A fresh secret for the holder of a private key, which need not be here: one-pass Diffie-Hellman C(1e, 1s) (NIST SP 800-56A
 * rev. 3, 6.2.2.2), whose `encapsulated` is the SubjectPublicKeyInfo of a key made for this once, or 32 random bytes by RSA-OAEP.
 * @param publicKey - SubjectPublicKeyInfo DER
 */
export async function secretForHolder(
  algorithm: Algorithm,
  scheme: HolderScheme,
  publicKey: Uint8Array,
): Promise<SecretForHolder> {
  if (scheme === "ecdh") return await agreeOnce(algorithm, publicKey)
  const secret = randomSecret(32)
  return { secret, encapsulated: await encrypt(algorithm, scheme, publicKey, secret.bytes, none) }
}

async function agreeOnce(algorithm: Algorithm, publicKey: Uint8Array): Promise<SecretForHolder> {
  using once = await generateMaterial(algorithm)
  const encapsulated = publicKeyFor(algorithm, once.bytes)
  const size = sharedSizes[algorithm]
  if (encapsulated === null || size === undefined) throw new Error("the curve is one that tokens agree on")
  const request = { peer: publicKey, ciphertext: null, salt: none, info: none, size }
  return { secret: await deriveSecret(algorithm, "ecdh", once.bytes, request), encapsulated }
}

/** Of the x-coordinate, in bytes. */
const sharedSizes: Readonly<Partial<Record<Algorithm, number>>> = { "ec-p256": 32, "ec-p384": 48, "ec-p521": 66 }
