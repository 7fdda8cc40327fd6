import { Secret } from "../../../domain/secret.ts"

/** The orders of the curves whose keys are derived so (SEC 2, sections 2.4.1 and 2.4.2). 32 bytes, big-endian. */
export const order = {
  secp256k1: Buffer.from("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", "hex"),
  p256: Buffer.from("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", "hex"),
} as const satisfies Record<string, Uint8Array>

/** Whether the bytes are a number from 1 to the order less 1. Takes the same steps for each. */
export function isScalar(bytes: Uint8Array, curveOrder: Uint8Array): boolean {
  let bits = 0
  let borrow = 0
  for (let index = 31; index >= 0; index--) {
    const byte = bytes[index] ?? 0
    bits |= byte
    borrow = ((byte - (curveOrder[index] ?? 0) - borrow) >> 8) & 1
  }
  return bits !== 0 && borrow === 1
}

/**
 * The sum of two numbers below the order, modulo the order: byte by byte, because big integers can't be wiped. Takes the same steps for
 * all.
 */
export function addScalars(one: Uint8Array, other: Uint8Array, curveOrder: Uint8Array): Secret {
  const sum = Secret.ofSize(32)
  using reduced = Secret.ofSize(32)
  let carry = 0
  for (let index = 31; index >= 0; index--) {
    carry += (one[index] ?? 0) + (other[index] ?? 0)
    sum.bytes[index] = carry & 0xff
    carry >>= 8
  }
  let borrow = 0
  for (let index = 31; index >= 0; index--) {
    const difference = (sum.bytes[index] ?? 0) - (curveOrder[index] ?? 0) - borrow
    reduced.bytes[index] = difference & 0xff
    borrow = (difference >> 8) & 1
  }
  // The sum itself is the result when it is below the order: it had no carry, and taking the order away borrowed.
  const keep = -(borrow & ~carry & 1) & 0xff
  for (const [index, byte] of reduced.bytes.entries()) {
    sum.bytes[index] = ((sum.bytes[index] ?? 0) & keep) | (byte & ~keep)
  }
  return sum
}
