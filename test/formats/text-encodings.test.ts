import fc from "fast-check"
import { expect, test } from "vitest"
import { decodeBase64, encodeBase64 } from "../../main/crypto/formats/base64.ts"
import { decodeHexadecimal, encodeHexadecimal } from "../../main/crypto/formats/hexadecimal.ts"

const bytes = fc.uint8Array({ maxLength: 100 })

test.for(["base64", "base64url"] as const)("our %s is Node's, and decodes to the same bytes", (alphabet) => {
  fc.assert(
    fc.property(bytes, (content) => {
      const text = encodeBase64(content, alphabet)
      expect(Buffer.from(text).toString()).toBe(Buffer.from(content).toString(alphabet))
      expect(decodeBase64(text, alphabet)).toEqual(content)
    }),
  )
})

test.for(["base64", "base64url"] as const)("%s has one encoding: whatever decodes encodes to itself", (alphabet) => {
  const character = fc.constantFrom(..."ABCghx0129+/-_= \n")
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 9 }), (text) => {
      const decoded = decodeBase64(Buffer.from(text), alphabet)
      if (decoded !== null) expect(Buffer.from(encodeBase64(decoded, alphabet)).toString()).toBe(text)
    }),
    { numRuns: 5000 },
  )
})

test.for([
  "A",
  "AA",
  "AAA",
  "AB==",
  "AAB=",
  "A===",
  "====",
  "AA=A",
  "AAAA=",
  "AA==AAAA",
  "AA-_",
  "AA A",
  "AAAA\n",
  "AAÄ=",
])("the base64 %j is refused", (text) => {
  expect(decodeBase64(Buffer.from(text), "base64")).toBeNull()
})

test.for(["A", "AB", "AAB", "AA==", "AA+/", "AAAAA"])("the base64url %j is refused", (text) => {
  expect(decodeBase64(Buffer.from(text), "base64url")).toBeNull()
})

test("our hexadecimal is Node's, and decodes in either case", () => {
  fc.assert(
    fc.property(bytes, (content) => {
      const text = Buffer.from(content).toString("hex")
      expect(Buffer.from(encodeHexadecimal(content)).toString()).toBe(text)
      expect(decodeHexadecimal(Buffer.from(text.toUpperCase()))).toEqual(content)
    }),
  )
})

test.for(["0", "0g", "0x00", "00 00", "00\n", "@0", "G0", "`0"])("the hexadecimal %j is refused", (text) => {
  expect(decodeHexadecimal(Buffer.from(text))).toBeNull()
})
