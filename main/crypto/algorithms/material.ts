import type { Algorithm } from "../../../preload/contract/values.ts"
import type { Secret } from "../../domain/secret.ts"
import type { Bytes } from "./algorithm-family.ts"
import { familyOf } from "./registry.ts"

/**
 * Fresh key material: PKCS#8 DER for asymmetric algorithms, raw bytes for symmetric ones, UTF-8 for `secret`. Symmetric
 * material is there at once and not as a promise, so that a hundred thousand keys do not wait for as many turns.
 * @throws `INTERNAL` when there is no randomness
 */
export function generateMaterial(algorithm: Algorithm): Secret | Promise<Secret> {
  return familyOf(algorithm).generate()
}

/**
 * The SubjectPublicKeyInfo (DER) that belongs to the material, or `null` for an algorithm without public keys.
 * @throws `INVALID_INPUT` when the material is not one of this algorithm's
 */
export function publicKeyFor(algorithm: Algorithm, material: Uint8Array): Bytes | null {
  return familyOf(algorithm).publicKey?.(material) ?? null
}

/** For an AES key `cmac:` and 6 hexadecimal digits (cli.md, "Key object"); `null` for every other algorithm. */
export function keyCheckValue(algorithm: Algorithm, material: Uint8Array): string | null {
  return familyOf(algorithm).keyCheckValue?.(material) ?? null
}
