import { Secret } from "../../domain/secret.ts"

/** One value of a polynomial for each byte of `y`: at `x` (0 to 255, public) it is `y` (secret). */
export interface Point {
  readonly x: number
  readonly y: Uint8Array
}

/**
 * The values at `x` of the polynomials that go through the points: Lagrange's formula, byte by byte.
 * @param points - each of another `x`, all of the same length
 * @throws Error when two points have the same `x` or lengths differ
 */
export function interpolate(points: readonly Point[], x: number): Secret {
  const result = Secret.ofSize(points[0]?.y.length ?? 0)
  for (const point of points) {
    if (point.y.length !== result.bytes.length) throw new Error("points of different lengths")
    const weight = weightOf(point, points, x)
    for (const [index, byte] of point.y.entries()) {
      result.bytes[index] = (result.bytes[index] ?? 0) ^ multiply(weight, byte)
    }
  }
  return result
}

function weightOf(point: Point, points: readonly Point[], x: number): number {
  let weight = 1
  for (const other of points) {
    if (other === point) continue
    if (other.x === point.x) throw new Error("two points at the same place")
    weight = multiply(weight, multiply(x ^ other.x, inverse(point.x ^ other.x)))
  }
  return weight
}

/**
 * The product in GF(256) modulo x^8 + x^4 + x^3 + x + 1, the field of AES (FIPS 197 section 4.2).
 * Without tables or branches, so that neither the cache nor the time tells the factors.
 */
export function multiply(a: number, b: number): number {
  let product = 0
  let multiple = a
  for (let bit = 0; bit < 8; bit++) {
    product ^= multiple & -((b >>> bit) & 1)
    multiple = (multiple << 1) ^ (0x11b & -(multiple >>> 7))
  }
  return product
}

/** a^254, which is a^-1 because a^255 is 1; 0 for 0. */
export function inverse(a: number): number {
  let power = a
  let result = 1
  for (let bit = 1; bit < 8; bit++) {
    power = multiply(power, power)
    result = multiply(result, power)
  }
  return result
}
