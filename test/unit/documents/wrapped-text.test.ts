import fc from "fast-check"
import { expect, test } from "vitest"
import { wrapped } from "../../../main/documents/wrapped-text.ts"

/** Every character is as wide as every other. */
const measure = (text: string): number => text.length

test("lines are broken between words", () => {
  expect(wrapped("the key was on a laptop", 10, measure)).toEqual(["the key", "was on a", "laptop"])
})

test("a word that is too long is broken where it must be", () => {
  expect(wrapped("a SHA256:abcdefghij b", 8, measure)).toEqual(["a", "SHA256:a", "bcdefghi", "j b"])
})

test("nothing is lost, and every line fits", () => {
  const property = fc.property(fc.string({ unit: "grapheme-ascii" }), fc.integer({ min: 1, max: 20 }), (text, room) => {
    const lines = wrapped(text, room, measure)
    expect(lines.every((line) => line.length <= room)).toBe(true)
    expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""))
  })
  fc.assert(property)
})
