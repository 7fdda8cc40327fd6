import { Secret } from "../../domain/secret.ts"
import { equalBytes } from "../constant-time.ts"
import { hmacSha256 } from "../hmac.ts"
import { randomBytes, randomSecret } from "../random.ts"
import { interpolate, type Point } from "./gf256.ts"

const digestSize = 4
const digestX = 254
const secretX = 255

/**
 * Splits a value so that any `threshold` of the `count` shares give it back and fewer tell nothing (SLIP-0039, "Sharing
 * a secret"). The share at index i is the polynomial's value at x = i.
 * @param value - more than 4 bytes
 * @param threshold - 1 to 16; with 1, each share is the value itself
 */
export function splitValue(value: Uint8Array, threshold: number, count: number): Secret[] {
  if (threshold === 1) return Array.from({ length: count }, () => Secret.copyOf(value))
  const shares = Array.from({ length: threshold - 2 }, () => randomSecret(value.length))
  using proof = proofOf(value)
  const points: Point[] = [
    ...shares.map(({ bytes }, x) => ({ x, y: bytes })),
    { x: digestX, y: proof.bytes },
    { x: secretX, y: value },
  ]
  while (shares.length < count) shares.push(interpolate(points, shares.length))
  return shares
}

/**
 * Gives the value back.
 * @param points - as many as the threshold, each of another x
 * @returns `null` when the digest says that they do not belong together; with a threshold of 1 there is no digest
 */
export function recoverValue(points: readonly Point[]): Secret | null {
  const value = interpolate(points, secretX)
  if (points.length === 1) return value
  using proof = interpolate(points, digestX)
  const digest = digestOf(value.bytes, proof.bytes.subarray(digestSize))
  if (equalBytes(digest, proof.bytes.subarray(0, digestSize))) return value
  value[Symbol.dispose]()
  return null
}

/** Whether one more point is on the polynomials of the others. */
export function isOnSamePolynomial(points: readonly Point[], other: Point): boolean {
  using expected = interpolate(points, other.x)
  return equalBytes(expected.bytes, other.y)
}

/** What is shared beside the value: the digest of it, and the random key of that digest, as long as the value together. */
function proofOf(value: Uint8Array): Secret {
  const proof = new Secret(randomBytes(value.length))
  proof.bytes.set(digestOf(value, proof.bytes.subarray(digestSize)))
  return proof
}

function digestOf(value: Uint8Array, key: Uint8Array): Uint8Array {
  return hmacSha256(key, value).subarray(0, digestSize)
}
