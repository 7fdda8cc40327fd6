import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"

/*
 * BigInt arithmetic is neither constant-time nor wiped. It runs once, on import or export of a key that is in this process's memory in the clear
 * anyway; no operation an attacker can time or repeat goes through here.
 */

/** The number a big-endian magnitude stands for, made without a string. */
export function numberOf(magnitude: Uint8Array): bigint {
  let value = 0n
  for (const octet of magnitude) value = (value << 8n) | BigInt(octet)
  return value
}

/** The big-endian magnitude of a number, without leading zeros; zero is empty. */
export function magnitudeOf(value: bigint): Secret {
  const octets: number[] = []
  for (let rest = value; rest > 0n; rest >>= 8n) octets.push(Number(rest & 0xffn))
  const magnitude = Secret.ofSize(octets.length)
  magnitude.bytes.set(octets.reverse())
  return magnitude
}

/**
 * d mod (prime - 1), the CRT exponent of RFC 8017, 3.2, as a magnitude.
 *
 * @throws INVALID_INPUT when `prime` is 0 or 1
 */
export function crtExponent(d: Uint8Array, prime: Uint8Array): Secret {
  const modulus = numberOf(prime) - 1n
  if (modulus < 1n) throw new VaultError("INVALID_INPUT", "RSA key: p or q is not a prime")
  return magnitudeOf(numberOf(d) % modulus)
}

/**
 * The inverse of `value` modulo `prime`, a CRT coefficient, as a magnitude.
 *
 * @throws INVALID_INPUT when there is none
 */
export function crtCoefficient(value: Uint8Array, prime: Uint8Array): Secret {
  const modulus = numberOf(prime)
  let [remainder, nextRemainder] = [modulus, numberOf(value) % (modulus || 1n)]
  let [coefficient, nextCoefficient] = [0n, 1n]
  while (nextRemainder > 0n) {
    const quotient = remainder / nextRemainder
    ;[remainder, nextRemainder] = [nextRemainder, remainder - quotient * nextRemainder]
    ;[coefficient, nextCoefficient] = [nextCoefficient, coefficient - quotient * nextCoefficient]
  }
  if (remainder !== 1n) throw new VaultError("INVALID_INPUT", "RSA key: p or q is not a prime")
  return magnitudeOf(coefficient < 0n ? coefficient + modulus : coefficient)
}
