import { hkdfSync } from "node:crypto"
import { Secret } from "../domain/secret.ts"

const derivedSize = 32

/**
 * A key for one use, from the master key (vault format, hierarchy): keys of other labels or vaults tell nothing of it.
 * @param label - what the key is for, such as "database" or "header-mac"
 * @returns 32 bytes
 */
export function deriveKey(masterKey: Secret, vaultId: string, label: string): Secret {
  const info = Buffer.from(`claviger/v1/${label}`)
  return hkdfSha256(masterKey.bytes, Buffer.from(vaultId), info, derivedSize)
}

/**
 * HKDF with SHA-256 (RFC 5869).
 * @param length - in bytes, at most 8160 (section 2.3)
 * @throws RangeError when the length is greater
 */
export function hkdfSha256(ikm: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Secret {
  return new Secret(new Uint8Array(hkdfSync("sha256", ikm, salt, info, length)))
}
