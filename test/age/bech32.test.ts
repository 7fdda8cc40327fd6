import fc from "fast-check"
import { expect, test } from "vitest"
import { decodeBech32, encodeBech32 } from "../../main/crypto/age/bech32.ts"

function ascii(text: string): Uint8Array {
  return Buffer.from(text, "latin1")
}

/** BIP-173, "Test vectors": the valid strings, and the octets that they hold. */
const whole = [
  ["A12UEL5L", "a", ""],
  ["a12uel5l", "a", ""],
  ["an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs", null, ""],
  ["abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw", "abcdef", "00443214c74254b635cf84653a56d7c675be77df"],
  [
    "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
    "split",
    "c5f38b70305f519bf66d85fb6cf03058f3dde463ecd7918f2dc743918f2d",
  ],
  [`11${"q".repeat(82)}c8247j`, "1", "00".repeat(51)],
  ["?1ezyfcl", "?", ""],
] as const

test.for(whole)("%s is valid", ([text, prefix, hex]) => {
  const decoded = decodeBech32(ascii(text))
  expect(decoded?.prefix).toBe(prefix ?? text.slice(0, text.lastIndexOf("1")))
  expect(Buffer.from(decoded?.data.bytes ?? []).toString("hex")).toBe(hex)
  const encoded = encodeBech32(decoded?.prefix ?? "", decoded?.data.bytes ?? new Uint8Array())
  expect(Buffer.from(encoded).toString()).toBe(text.toLowerCase())
})

/** BIP-173, "Test vectors": invalid ones; its limit of 90 characters is not age's. */
test.for([
  ["\x201nwldj5", "a prefix out of range"],
  ["\x7f1axkwrx", "a prefix out of range"],
  ["\x801eym55h", "a prefix out of range"],
  ["pzry9x0s0muk", "no separator"],
  ["1pzry9x0s0muk", "an empty prefix"],
  ["x1b4n0q5v", "an invalid character"],
  ["li1dgmt3", "a checksum that is too short"],
  ["de1lg7wt\xff", "an invalid character in the checksum"],
  ["A1G7SGD8", "a checksum of the prefix in capitals"],
  ["10a06t8", "an empty prefix"],
  ["1qzzfhee", "an empty prefix"],
  ["a12UEL5L", "mixed case"],
] as const)("%s is invalid: %s", ([text]) => {
  expect(decodeBech32(ascii(text))).toBe(null)
})

test("what is encoded is decoded, at any length", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), fc.boolean(), (data, isUpper) => {
      const text = Buffer.from(encodeBech32("age", data)).toString()
      const decoded = decodeBech32(ascii(isUpper ? text.toUpperCase() : text))
      expect(decoded?.prefix).toBe("age")
      expect(decoded?.data.bytes).toEqual(new Uint8Array(data))
    }),
    { numRuns: 200 },
  )
})

test("one or two wrong characters are always found", () => {
  const text = Buffer.from(encodeBech32("age", new Uint8Array(32).fill(7))).toString()
  for (const position of [4, 20, 40, text.length - 1]) {
    const wrong = text[position] === "q" ? "p" : "q"
    const changed = text.slice(0, position) + wrong + text.slice(position + 1)
    expect(decodeBech32(ascii(changed)), changed).toBe(null)
    expect(decodeBech32(ascii(`${changed.slice(0, -2)}${changed.endsWith("zz") ? "yy" : "zz"}`))).toBe(null)
  }
})
