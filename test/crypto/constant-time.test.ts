import { expect, test } from "vitest"
import { equalBytes } from "../../main/crypto/constant-time.ts"

test("equal bytes are equal, whatever array holds them", () => {
  expect(equalBytes(new Uint8Array([1, 2, 3]), Buffer.from([1, 2, 3]))).toBe(true)
  expect(equalBytes(new Uint8Array(0), new Uint8Array(0))).toBe(true)
})

test.for([
  ["the first byte", [0, 2, 3]],
  ["the last byte", [1, 2, 0]],
  ["a shorter length", [1, 2]],
  ["a longer length", [1, 2, 3, 0]],
  ["no bytes at all", []],
] as const)("%s makes a difference", ([, other]) => {
  expect(equalBytes(new Uint8Array([1, 2, 3]), new Uint8Array(other))).toBe(false)
})
