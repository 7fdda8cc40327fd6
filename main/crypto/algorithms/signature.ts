import type { Algorithm, Mechanism } from "../../../preload/contract/values.ts"
import type { Bytes } from "./algorithm-family.ts"
import { schemeOf } from "./mechanisms.ts"
import { familyOf } from "./registry.ts"

/**
 * Signs a message, which is hashed here. What is passed must stay as it is until the promise settles.
 * @param material - PKCS#8 DER; stays the caller's to wipe
 * @throws `INVALID_INPUT` "mechanism: …" when the algorithm has it not
 */
export async function sign(
  algorithm: Algorithm,
  mechanism: Mechanism,
  material: Uint8Array,
  message: Uint8Array,
): Promise<Bytes> {
  return schemeOf(familyOf(algorithm).signatures, mechanism).sign(material, message)
}

/**
 * Whether the signature is the message's by this key; a malformed one is not.
 * @param publicKey - SubjectPublicKeyInfo, DER
 * @throws `INVALID_INPUT` "mechanism: …" when the algorithm has it not
 */
export async function verify(
  algorithm: Algorithm,
  mechanism: Mechanism,
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  return schemeOf(familyOf(algorithm).signatures, mechanism).verify(publicKey, message, signature)
}
