import { keccak_256 } from "@noble/hashes/sha3.js"
import type { CurvePoint } from "../bip32/extended-public-key.ts"

/** The 20 bytes that name the account of a key: the end of Keccak-256 of its public point (Ethereum Yellow Paper, appendix F). */
export function ethereumAddressBytes(point: CurvePoint): Uint8Array {
  return keccak_256(point.toBytes(false).subarray(1)).subarray(-20)
}

/** The address with the checksum that its letters carry in their case (EIP-55). */
export function ethereumAddress(point: CurvePoint): string {
  return checksummed(Buffer.from(ethereumAddressBytes(point)).toString("hex"))
}

/** Spells an address, 40 hexadecimal digits in lower case, with the checksum of EIP-55. */
export function checksummed(digits: string): string {
  const hash = Buffer.from(keccak_256(Buffer.from(digits, "latin1"))).toString("hex")
  const spelled = [...digits].map((digit, index) => ((hash[index] ?? "0") >= "8" ? digit.toUpperCase() : digit))
  return `0x${spelled.join("")}`
}
