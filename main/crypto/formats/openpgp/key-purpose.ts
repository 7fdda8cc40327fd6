import type { Purpose } from "../../../../preload/contract/values.ts"
import type { KeyPacket } from "./key-packet.ts"
import { openpgpAlgorithm } from "./public-fields.ts"

/** What a key may be used for, as its signature says (RFC 9580, 5.2.3.29). */
export const keyFlag = { certify: 0x01, sign: 0x02, encrypt: 0x0c, authenticate: 0x20 } as const

type Standing = Pick<KeyPacket, "algorithm" | "isPrimary">

/**
 * The one job that a key gets of those it may do. A primary key certifies, which is to sign.
 *
 * @param flags - null where the signature has none, as very old ones
 * @returns null where the flags name no job that the vault knows
 */
export function purposeOf({ algorithm, isPrimary }: Standing, flags: number | null): Purpose | null {
  const { ecdh, x25519, rsaEncryptOnly } = openpgpAlgorithm
  if (algorithm === ecdh || algorithm === x25519) return "key-agreement"
  if (algorithm === rsaEncryptOnly) return "encryption"
  if (isPrimary) return "signature"
  if (flags === null) return isRsa(algorithm) ? "encryption" : "signature"
  if ((flags & (keyFlag.certify | keyFlag.sign)) !== 0) return "signature"
  if ((flags & keyFlag.encrypt) !== 0 && isRsa(algorithm)) return "encryption"
  return (flags & keyFlag.authenticate) === 0 ? null : "authentication"
}

/** Whether a key may also do what is not its purpose. */
export function hasOtherJobs(key: Standing, flags: number | null): boolean {
  const purpose = purposeOf(key, flags)
  const mayEncrypt = ((flags ?? 0) & keyFlag.encrypt) !== 0
  const mayAuthenticate = ((flags ?? 0) & keyFlag.authenticate) !== 0
  if (purpose === "signature") return mayEncrypt || mayAuthenticate
  return purpose === "encryption" && mayAuthenticate
}

/** Whether a subkey signs, and so must have signed that it belongs to its primary key. */
export function mustAnswer(key: Standing, flags: number | null): boolean {
  return flags === null ? purposeOf(key, flags) === "signature" : (flags & keyFlag.sign) !== 0
}

function isRsa(algorithm: number): boolean {
  const { rsa, rsaEncryptOnly, rsaSignOnly } = openpgpAlgorithm
  return algorithm === rsa || algorithm === rsaEncryptOnly || algorithm === rsaSignOnly
}
