import fc from "fast-check"
import { expect, test } from "vitest"
import { interpolate, inverse, multiply } from "../../../main/crypto/slip39/gf256.ts"

const byte = fc.integer({ min: 0, max: 255 })

test("the examples of FIPS 197 section 4.2 come out", () => {
  expect(multiply(0x57, 0x83)).toBe(0xc1)
  expect(multiply(0x57, 0x13)).toBe(0xfe)
  expect(multiply(0x57, 0x02)).toBe(0xae)
})

test("every element but 0 has its inverse, and 0 stays 0", () => {
  for (let a = 1; a < 256; a++) expect(multiply(a, inverse(a))).toBe(1)
  expect(inverse(0)).toBe(0)
})

test("multiplying follows the laws of a field and stays within a byte", () => {
  fc.assert(
    fc.property(byte, byte, byte, (a, b, c) => {
      expect(multiply(a, b)).toBe(multiply(b, a))
      expect(multiply(a, multiply(b, c))).toBe(multiply(multiply(a, b), c))
      expect(multiply(a, b ^ c)).toBe(multiply(a, b) ^ multiply(a, c))
      expect(multiply(a, 1)).toBe(a)
      expect(multiply(a, b)).toBeLessThan(256)
    }),
  )
})

test("interpolating gives the values of the polynomial, at the points and elsewhere", () => {
  fc.assert(
    fc.property(fc.array(byte, { minLength: 1, maxLength: 16 }), byte, (coefficients, x) => {
      const valueAt = (at: number) => coefficients.reduceRight((sum, coefficient) => multiply(sum, at) ^ coefficient, 0)
      const points = coefficients.map((_, at) => ({ x: at * 3, y: new Uint8Array([valueAt(at * 3)]) }))
      expect(interpolate(points, x).bytes).toEqual(new Uint8Array([valueAt(x)]))
    }),
  )
})

test("two points at the same place, or of different lengths, are a bug", () => {
  const y = new Uint8Array(2)
  const samePlace = [
    { x: 1, y },
    { x: 1, y },
  ]
  const lengths = [
    { x: 1, y },
    { x: 2, y: new Uint8Array(3) },
  ]
  expect(() => interpolate(samePlace, 0)).toThrow("same place")
  expect(() => interpolate(lengths, 0)).toThrow("lengths")
})
