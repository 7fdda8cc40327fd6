import fc from "fast-check"
import { expect, test } from "vitest"
import { derOfBer } from "../../main/crypto/asn1/ber.ts"
import { processorMs } from "../support/processor-time.ts"

function normalised(hex: string): string {
  return Buffer.from(derOfBer(Buffer.from(hex.replaceAll(" ", ""), "hex"), "Test")).toString("hex")
}

test.for([
  ["DER", "3003020105", "3003020105"],
  ["an indefinite length", "3080 020105 0000", "3003020105"],
  ["indefinite lengths in each other", "3080 a080 020105 0000 0000", "3005a003020105"],
  ["a definite length inside an indefinite one", "3080 3003020105 0000", "30053003020105"],
  ["a length that is not minimal", "3081 03 020105", "3003020105"],
  ["a length with leading zeros", "3083 000003 020105", "3003020105"],
  ["an octet string in pieces", "2406 0401aa 0401bb", "0402aabb"],
  ["an octet string in pieces, of indefinite length", "2480 0401aa 0401bb 0000", "0402aabb"],
  ["an octet string in pieces of pieces", "2480 2480 0401aa 0000 0401bb 0000", "0402aabb"],
  ["an octet string of no pieces", "2480 0000", "0400"],
  ["an octet string that holds BER, which stays as it is", "0404 30800000", "040430800000"],
] as const)("%s becomes DER", ([, ber, der]) => {
  expect(normalised(ber)).toBe(der)
})

test.for([
  ["nothing", ""],
  ["a tag alone", "30"],
  ["an indefinite length without its end", "3080 020105"],
  ["half of an end", "3080 020105 00"],
  ["an end that is none", "3080 0001"],
  ["an indefinite length that ends outside of what holds it", "3004 3080 0201 05 0000"],
  ["a primitive element of indefinite length", "0480 0000"],
  ["content that is cut off", "3005 0201"],
  ["an element that reaches out of what holds it", "3003 0205 0500"],
  ["something after its end", "3000 00"],
  ["a length of five octets", "3085 0000000000"],
  ["a length of 4 GiB", "3084 ffffffff"],
  ["a tag of many octets", "3f8101 00"],
  ["an octet string of other pieces", "2403 020105"],
] as const)("%s is refused", ([, ber]) => {
  expect(() => normalised(ber)).toThrow(/^INVALID_INPUT: Test: /)
})

test.for([
  ["10,000 levels", Buffer.concat([Buffer.alloc(20_000, Buffer.from("3080", "hex")), Buffer.alloc(20_000)])],
  ["1 MiB of openings", Buffer.alloc(1024 * 1024, Buffer.from("3080", "hex"))],
  [
    "a million empty elements",
    Buffer.concat([Buffer.from("3080", "hex"), Buffer.alloc(1_000_000, Buffer.from("0500", "hex"))]),
  ],
] as const)("%s are refused at once", ([, ber]) => {
  const start = processorMs()
  expect(() => derOfBer(ber, "Test")).toThrow("nested too deep, or too many elements")
  expect(processorMs() - start).toBeLessThan(1000)
})

test("the DER of DER is the same, and of anything else an error that says why", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const framed = Buffer.concat([Buffer.from([0x30, bytes.length]), bytes])
      try {
        const der = derOfBer(framed, "Test")
        expect(derOfBer(der, "Test")).toEqual(der)
      } catch (error) {
        expect(error).toMatchObject({ name: "VaultError", code: "INVALID_INPUT" })
      }
    }),
    { numRuns: 2000 },
  )
})
