import { p256 } from "@noble/curves/nist.js"
import { secp256k1 } from "@noble/curves/secp256k1.js"
import fc from "fast-check"
import { expect, test } from "vitest"
import { addScalars, isScalar, order } from "../../../../main/crypto/wallets/bip32/scalar.ts"
import { hexOf } from "../read-vectors.ts"

const orders = [
  ["secp256k1", order.secp256k1, secp256k1.Point.Fn.ORDER],
  ["p256", order.p256, p256.Point.Fn.ORDER],
] as const

function bytesOf(number: bigint): Uint8Array {
  return new Uint8Array(Buffer.from(number.toString(16).padStart(64, "0"), "hex"))
}

/** Numbers of 256 bits, many of them about zero and about the order. */
function near(curveOrder: bigint): fc.Arbitrary<bigint> {
  const close = fc.bigInt({ min: -3n, max: 3n })
  return fc.oneof(
    fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
    close.map((difference) => curveOrder + difference),
    fc.bigInt({ min: 0n, max: 3n }),
    fc.bigInt({ min: 2n ** 256n - 3n, max: 2n ** 256n - 1n }),
  )
}

test.for(orders)("the order of %s is the curve's", ([, bytes, number]) => {
  expect(hexOf(bytes)).toBe(number.toString(16))
})

test.for(orders)("a private key of %s is from 1 to the order less 1", ([, bytes, number]) => {
  fc.assert(
    fc.property(near(number), (value) => {
      expect(isScalar(bytesOf(value), bytes)).toBe(value > 0n && value < number)
    }),
    { numRuns: 1000 },
  )
})

test.for(orders)("sums of two numbers below the order of %s are reduced", ([, bytes, number]) => {
  const below = near(number).filter((value) => value < number)
  fc.assert(
    fc.property(below, below, (one, other) => {
      expect(addScalars(bytesOf(one), bytesOf(other), bytes).bytes).toEqual(bytesOf((one + other) % number))
    }),
    { numRuns: 1000 },
  )
})
