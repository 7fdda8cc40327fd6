import fc from "fast-check"
import { expect, test } from "vitest"
import { decodePem, encodePem, isPem } from "../../main/crypto/formats/pem.ts"
import { normalisedText } from "../../main/crypto/formats/text-lines.ts"

function decode(text: string): [string, string][] {
  const blocks = decodePem(normalisedText(Buffer.from(text)))
  return blocks.map(({ label, content }) => [label, Buffer.from(content.bytes).toString("hex")])
}

const block = "-----BEGIN A KEY-----\nAQID\n-----END A KEY-----\n"
const decoded = ["A KEY", "010203"]

test("what was written is read back, in lines of the length asked for", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.constantFrom(64, 70), (content, lineLength) => {
      const text = Buffer.from(encodePem("PRIVATE KEY", content, lineLength)).toString()
      expect(decode(text)).toEqual([["PRIVATE KEY", Buffer.from(content).toString("hex")]])
      expect(Math.max(...text.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(lineLength)
    }),
  )
})

test.for([
  ["CR LF", block.replaceAll("\n", "\r\n")],
  ["no line feed at the end", block.trim()],
  ["white space around the file", `\n \n${block}\n\t\n`],
  ["white space at the ends of lines", block.replaceAll("\n", " \t\n  ")],
  ["a UTF-8 byte order mark", `\ufeff${block}`],
  ["base64 in lines of any length", block.replace("AQID", "A\nQI\nD")],
])("%s is tolerated", ([, text]) => {
  expect(decode(text ?? "")).toEqual([decoded])
})

test("blocks with empty lines between them are all read", () => {
  expect(decode(`${block}\n\n${block.replaceAll("A KEY", "B")}`)).toEqual([decoded, ["B", "010203"]])
})

test("text before, between and after blocks is passed over", () => {
  const other = block.replaceAll("A KEY", "B")
  expect(decode(`Bag Attributes\n  name: x\n${block}----- x -----\n\n${other}AQID`)).toEqual([decoded, ["B", "010203"]])
})

test("OpenPGP behind text is called by its name", () => {
  expect(() => decode(`my key:\n${block.replaceAll("A KEY", "PGP PRIVATE KEY BLOCK")}`)).toThrow(
    expect.objectContaining({ detail: "PEM: a block of OpenPGP, which has to be a file of its own" }),
  )
})

test.for([
  ["before it", `x\n${block}`, true],
  ["after it", `${block}x`, true],
  ["on the line where it begins", `x ${block}`, false],
])("a text with a block is known as PEM by its BEGIN, with other text %s: %#", ([, text, isKnown]) => {
  expect(isPem(Buffer.from(String(text)))).toBe(isKnown)
})

test.for([
  ["a BEGIN of four dashes", `${block}${block.replace("-----BEGIN", "----BEGIN")}`],
  ["a BEGIN with text in front", `${block}x ${block}`],
  ["a BEGIN with text behind it", `${block}${block.replace("BEGIN A KEY-----", "BEGIN A KEY-----x")}`],
  ["a BEGIN without END behind a block", `${block}-----BEGIN A KEY----`],
  ["a block without END", "-----BEGIN A KEY-----\nAQID\n"],
  ["an END of another label", block.replace("END A KEY", "END B KEY")],
  ["an END without BEGIN", "-----BEGIN A KEY-----\nAQID\n-----END A KEY-----\n-----END A KEY-----"],
  ["a BEGIN inside a block", block.replace("AQID", "-----BEGIN A KEY-----\nAQID")],
  ["a boundary of four dashes", block.replace("-----END", "----END")],
  ["a label in small letters", block.replaceAll("A KEY", "a key")],
  ["an empty line inside a block", block.replace("AQID", "AQID\n\nAQID")],
  ["an empty block", block.replace("AQID\n", "")],
  ["characters outside base64", block.replace("AQID", "AQ*D")],
  ["a space inside base64", block.replace("AQID", "AQ ID")],
  ["base64url", block.replace("AQID", "AQ-_")],
  ["missing padding", block.replace("AQID", "AQI")],
  ["padding in the middle", block.replace("AQID", "AQ==\nAQID")],
  ["unused bits that are not zero", block.replace("AQID", "AQJ=")],
  ["headers", block.replace("AQID", "Comment: x\n\nAQID")],
  ["legacy encryption", block.replace("AQID", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAQID")],
  ["33 blocks", block.repeat(33)],
  ["100,000 lines", `${block}${"\n".repeat(100_000)}${block}`],
])("%s is refused", ([, text]) => {
  expect(() => decode(text ?? "")).toThrow(
    expect.objectContaining({ code: "INVALID_INPUT", detail: expect.stringMatching(/^PEM: /) }),
  )
})
