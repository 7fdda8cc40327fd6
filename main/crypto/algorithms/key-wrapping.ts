import type { Algorithm, Mechanism } from "../../../preload/contract/values.ts"
import type { DerivationRequest } from "../../domain/key-crypto.ts"
import type { Secret } from "../../domain/secret.ts"
import type { Bytes } from "./algorithm-family.ts"
import { schemeOf } from "./mechanisms.ts"
import { familyOf } from "./registry.ts"

/**
 * Wraps key material in a form that other programs unwrap.
 * @param key - raw symmetric material, or the SubjectPublicKeyInfo (DER) of an RSA key
 * @throws `INVALID_INPUT` "mechanism: …" when the algorithm has it not
 */
export async function wrapMaterial(
  algorithm: Algorithm,
  mechanism: Mechanism,
  key: Uint8Array,
  secret: Uint8Array,
): Promise<Bytes> {
  return schemeOf(familyOf(algorithm).wrappings, mechanism).wrap(key, secret)
}

/**
 * Unwraps what `wrapMaterial` or another program wrapped; `null` when it does not open.
 * @param material - raw symmetric material, or PKCS#8 DER; stays the caller's to wipe
 */
export async function unwrapMaterial(
  algorithm: Algorithm,
  mechanism: Mechanism,
  material: Uint8Array,
  wrapped: Uint8Array,
): Promise<Secret | null> {
  return schemeOf(familyOf(algorithm).wrappings, mechanism).unwrap(material, wrapped)
}

/** A secret of `request.size` bytes from a key, alone or with the other side's public key. @throws `INVALID_INPUT` */
export async function deriveSecret(
  algorithm: Algorithm,
  mechanism: Mechanism,
  material: Uint8Array,
  request: DerivationRequest,
): Promise<Secret> {
  return schemeOf(familyOf(algorithm).derivations, mechanism).derive(material, request)
}

/** Whether a mechanism wraps for other programs. */
export function isWrapping(algorithm: Algorithm, mechanism: Mechanism): boolean {
  return familyOf(algorithm).wrappings?.has(mechanism) ?? false
}
