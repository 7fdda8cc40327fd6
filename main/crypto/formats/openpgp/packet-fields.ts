import { bitLength } from "../key-parts.ts"

/** A number of two octets, big-endian. */
export function uint16Of(value: number): Uint8Array {
  const octets = new Uint8Array(2)
  new DataView(octets.buffer).setUint16(0, value)
  return octets
}

/** A number of four octets, big-endian. */
export function uint32Of(value: number): Uint8Array {
  const octets = new Uint8Array(4)
  new DataView(octets.buffer).setUint32(0, value)
  return octets
}

/** A multiprecision integer (RFC 9580, section 3.2) from its big-endian magnitude, as parts, so that a secret in it is copied once only. */
export function mpiOf(magnitude: Uint8Array): Uint8Array[] {
  const start = magnitude.findIndex((octet) => octet !== 0)
  const minimal = start === -1 ? magnitude.subarray(0, 0) : magnitude.subarray(start)
  return [uint16Of(bitLength(minimal)), minimal]
}

/** Bytes behind an octet that counts them. */
export function countedOf(content: Uint8Array): Uint8Array[] {
  return [Uint8Array.of(content.length), content]
}
