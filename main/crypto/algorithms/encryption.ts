import type { Algorithm, Mechanism } from "../../../preload/contract/values.ts"
import type { Secret } from "../../domain/secret.ts"
import type { Bytes } from "./algorithm-family.ts"
import { schemeOf } from "./mechanisms.ts"
import { familyOf } from "./registry.ts"

/**
 * Encrypts a plaintext. AES-GCM and ChaCha20-Poly1305 give nonce (12 bytes), ciphertext and tag (16), with the AAD bound to
 * them; RSA-OAEP gives one block, whose label is empty: it does not bind the AAD.
 * What is passed must stay as it is until the promise settles: long input is worked off in slices.
 * @param key - raw symmetric material, or the SubjectPublicKeyInfo (DER) of an RSA key
 * @throws `INVALID_INPUT` "mechanism: …" when the algorithm has it not; "plaintext …" when it is too long for RSA
 */
export async function encrypt(
  algorithm: Algorithm,
  mechanism: Mechanism,
  key: Uint8Array,
  plaintext: Uint8Array,
  aad: Uint8Array,
): Promise<Bytes> {
  return schemeOf(familyOf(algorithm).encryptions, mechanism).encrypt(key, plaintext, aad)
}

/**
 * Decrypts what `encrypt` gave; `null` when it does not open: other key, other AAD, changed or cut.
 * @param material - raw symmetric material, or PKCS#8 DER; stays the caller's to wipe
 * @throws `INVALID_INPUT` "mechanism: …" when the algorithm has it not
 */
export async function decrypt(
  algorithm: Algorithm,
  mechanism: Mechanism,
  material: Uint8Array,
  ciphertext: Uint8Array,
  aad: Uint8Array,
): Promise<Secret | null> {
  return schemeOf(familyOf(algorithm).encryptions, mechanism).decrypt(material, ciphertext, aad)
}
