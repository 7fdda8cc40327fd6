import type { Algorithm, Mechanism } from "../../../preload/contract/values.ts"
import { equalBytes } from "../constant-time.ts"
import type { Bytes } from "./algorithm-family.ts"
import { schemeOf } from "./mechanisms.ts"
import { familyOf } from "./registry.ts"

/** The mechanism of every MAC key so far. */
const hmac: Mechanism = "hmac"

/**
 * The message authentication code, as long as the hash of the algorithm.
 * @throws `INVALID_INPUT` "mechanism: …" when the algorithm makes none
 */
export async function mac(algorithm: Algorithm, material: Uint8Array, message: Uint8Array): Promise<Bytes> {
  return schemeOf(familyOf(algorithm).macs, hmac).mac(material, message)
}

/** Whether this is the message's whole code: a shortened one is not. Constant time. @throws as `mac` */
export async function verifyMac(
  algorithm: Algorithm,
  material: Uint8Array,
  message: Uint8Array,
  code: Uint8Array,
): Promise<boolean> {
  return equalBytes(await mac(algorithm, material, message), code)
}
