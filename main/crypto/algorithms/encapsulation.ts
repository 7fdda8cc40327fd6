import type { Algorithm, Mechanism } from "../../../preload/contract/values.ts"
import type { DerivationRequest } from "../../domain/key-crypto.ts"
import type { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { Bytes, Encapsulation, KemScheme } from "./algorithm-family.ts"
import { secretFrom } from "./kem-derivation.ts"
import { chosenMechanism } from "./mechanisms.ts"
import { familyOf } from "./registry.ts"

/**
 * A fresh secret of 32 bytes, and the ciphertext from which the private key gets the same.
 * @param publicKey - SubjectPublicKeyInfo, DER
 * @throws `INVALID_INPUT` "algorithm" when it has no key encapsulation; when the public key is none
 */
export async function encapsulate(algorithm: Algorithm, publicKey: Uint8Array): Promise<Encapsulation> {
  return kemOf(algorithm).encapsulate(publicKey)
}

/**
 * The secret that `encapsulate` made with the ciphertext. From a ciphertext that was changed, or made for another key, comes a
 * secret as well, one that nobody else has (FIPS 203, 6.3): what is done with it fails.
 * @param material - PKCS#8 DER; stays the caller's to wipe
 * @throws `INVALID_INPUT` "algorithm" when it has no key encapsulation; "ciphertext …" for one of another size
 */
export async function decapsulate(algorithm: Algorithm, material: Uint8Array, ciphertext: Uint8Array): Promise<Secret> {
  return kemOf(algorithm).decapsulate(material, ciphertext)
}

/**
 * A secret for the holder of a public key, who derives it from the ciphertext.
 * @throws `INVALID_INPUT` when the algorithm has no key encapsulation, or not this mechanism
 */
export async function encapsulateSecret(
  algorithm: Algorithm,
  asked: Mechanism | undefined,
  publicKey: Uint8Array,
  request: DerivationRequest,
): Promise<{ readonly ciphertext: Bytes; readonly secret: Secret; readonly mechanism: Mechanism }> {
  if (familyOf(algorithm).kem === undefined) {
    throw new VaultError("INVALID_INPUT", `peer: a key of ${algorithm}; ML-KEM is needed`)
  }
  const mechanism = chosenMechanism(algorithm, "derive", asked)
  const { ciphertext, sharedSecret } = await encapsulate(algorithm, publicKey)
  using shared = sharedSecret
  return { ciphertext, secret: secretFrom(mechanism, shared, request), mechanism }
}

function kemOf(algorithm: Algorithm): KemScheme {
  const { kem } = familyOf(algorithm)
  if (kem === undefined) throw new VaultError("INVALID_INPUT", "algorithm")
  return kem
}
