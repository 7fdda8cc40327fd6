import fc from "fast-check"
import { expect, test } from "vitest"
import { decomposed } from "../../../main/crypto/wallets/normalization.ts"
import { vaultErrorOf } from "../../support/vault-error-of.ts"
import { textOf, utf8 } from "./read-vectors.ts"

/** What normalization changes, or what combines with the character before. */
const lively = Array.from({ length: 0x11_0000 }, (_, code) => code)
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code))
  .filter((character) => character.normalize("NFKD") !== character || /\p{M}/u.test(character))

test("each character that normalization changes comes out as JavaScript's own normalization has it", () => {
  expect(lively.length).toBeGreaterThan(15_000)
  const wrong = lively.filter((character) => textOf(decomposed(utf8(character)).bytes) !== character.normalize("NFKD"))
  expect(wrong).toEqual([])
})

test("so does any text, however marks are heaped up in it", () => {
  const character = fc.oneof(fc.constantFrom(...lively), fc.string({ unit: "binary", maxLength: 1 }))
  fc.assert(
    fc.property(fc.array(character, { maxLength: 12 }), (characters) => {
      const text = characters.join("")
      expect(textOf(decomposed(utf8(text)).bytes)).toBe(text.normalize("NFKD"))
    }),
    { numRuns: 2000 },
  )
})

test("upper case becomes lower case when that is asked for", () => {
  expect(textOf(decomposed(utf8("ÁBACO Žízeň"), { isLowerCase: true }).bytes)).toBe("ábaco žízeň".normalize("NFKD"))
})

test.for([[0xff], [0xc3], [0xed, 0xa0, 0x80], [0x41, 0xc0, 0x80]])("%j is not UTF-8, and refused", (bytes) => {
  expect(vaultErrorOf(() => decomposed(Uint8Array.from(bytes))).detail).toBe("the text is not UTF-8")
})
