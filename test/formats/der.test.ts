import fc from "fast-check"
import { expect, test } from "vitest"
import { DerReader } from "../../main/crypto/asn1/der-reader.ts"
import { contextTag, derTag } from "../../main/crypto/asn1/der-tag.ts"
import {
  derBitString,
  derElement,
  derNull,
  derObjectIdentifier,
  derOctetString,
  derSequence,
  derSmallInteger,
  derUnsignedInteger,
  encodeDer,
} from "../../main/crypto/asn1/der-writer.ts"

function reader(hex: string): DerReader {
  return new DerReader(Buffer.from(hex.replaceAll(" ", ""), "hex"), "Test")
}

const refusal = expect.objectContaining({ code: "INVALID_INPUT", detail: expect.stringMatching(/^Test: /) })

test.for([
  ["an indefinite length", "30 80 00 00"],
  ["a long form for a short length", "30 81 01 00"],
  ["a length with a leading zero", "30 82 00 80"],
  ["a length of five octets", "30 85 01 00 00 00 00"],
  ["a length of 2^31", "30 84 80 00 00 00"],
  ["a length of 4 GiB less one", "30 84 ff ff ff ff"],
  ["a length that is cut off", "30 82 01"],
  ["content that is cut off", "30 02 05"],
  ["a tag without a length", "30"],
  ["another tag", "31 00"],
  ["nothing", ""],
])("%s is refused", ([, hex]) => {
  expect(() => reader(hex ?? "").sequence()).toThrow(refusal)
})

test.for([
  ["empty", "02 00"],
  ["negative", "02 01 80"],
  ["padded with zeros", "02 02 00 7f"],
  ["padded with ones", "02 02 ff 80"],
])("an integer that is %s is refused", ([, hex]) => {
  expect(() => reader(hex ?? "").unsignedInteger()).toThrow(refusal)
})

test.for([
  ["empty", "06 00"],
  ["cut off inside an arc", "06 02 2a 86"],
  ["padded", "06 03 2a 80 01"],
  ["with an arc beyond exact numbers", "06 0a 2a ff ff ff ff ff ff ff ff 7f"],
  ["longer than 32 octets", `06 21 ${"2a".repeat(33)}`],
])("an object identifier that is %s is refused", ([, hex]) => {
  expect(() => reader(hex ?? "").objectIdentifier()).toThrow(refusal)
})

test("a bit string of broken octets, or without its count of unused bits, is refused", () => {
  expect(() => reader("03 02 01 80").bitString()).toThrow(refusal)
  expect(() => reader("03 00").bitString()).toThrow(refusal)
})

test("a NULL with content is refused", () => {
  expect(() => reader("05 01 00").null()).toThrow(refusal)
})

test("bytes after the last element are refused", () => {
  expect(() => DerReader.sequenceOf(Buffer.from("300000", "hex"), "Test")).toThrow(refusal)
})

test("33 sequences inside each other are refused, 32 are not", () => {
  const nested = (depth: number): Uint8Array => {
    let value = derSequence()
    for (let level = 1; level < depth; level += 1) value = derSequence(value)
    return encodeDer(value)
  }
  const descend = (bytes: Uint8Array): void => {
    for (let level = new DerReader(bytes, "Test"); !level.atEnd; ) level = level.sequence()
  }
  expect(() => descend(nested(32))).not.toThrow()
  expect(() => descend(nested(33))).toThrow("nested too deep")
})

test.for([
  ["0.9", "060109"],
  ["1.2.840.113549.1.1.1", "06092a864886f70d010101"],
  ["2.16.840.1.101.3.4.1.42", "060960864801650304012a"],
  ["1.3.6.1.4.1.11591.4.11", "06092b06010401da47040b"],
])("the object identifier %s is %s and back", ([dotted, hex]) => {
  expect(Buffer.from(encodeDer(derObjectIdentifier(dotted ?? ""))).toString("hex")).toBe(hex)
  expect(reader(hex ?? "").objectIdentifier()).toBe(dotted)
})

test("a magnitude written as an integer is read back without leading zeros", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (magnitude) => {
      const start = magnitude.findIndex((octet) => octet !== 0)
      const expected = start === -1 ? Uint8Array.of(0) : magnitude.slice(start)
      const der = encodeDer(derUnsignedInteger(magnitude))
      expect(new Uint8Array(new DerReader(der, "Test").unsignedInteger())).toEqual(expected)
    }),
  )
})

test("a small integer is read back", () => {
  fc.assert(
    fc.property(fc.nat(2 ** 32 - 1), (value) => {
      expect(new DerReader(encodeDer(derSmallInteger(value)), "Test").smallInteger()).toBe(value)
    }),
  )
})

test("content of any length is read back from every kind of element", () => {
  fc.assert(
    fc.property(fc.nat(70_000), (length) => {
      const content = new Uint8Array(length).fill(7)
      const tag = contextTag(1, "constructed")
      const der = encodeDer(derSequence(derNull(), derBitString(content), derElement(tag, derOctetString(content))))
      const sequence = DerReader.sequenceOf(der, "Test")
      sequence.null()
      expect(sequence.bitString()).toHaveLength(length)
      expect(sequence.constructed(tag).content(derTag.octetString)).toHaveLength(length)
      expect(sequence.atEnd).toBe(true)
    }),
    { numRuns: 50 },
  )
})

test("contents are views: wiping what was read wipes the secret", () => {
  const der = encodeDer(derOctetString(Uint8Array.of(1, 2, 3)))
  const content = new DerReader(der, "Test").octetString()
  der.fill(0)
  expect(new Uint8Array(content)).toEqual(new Uint8Array(3))
})
