import { expect, test } from "vitest"
import { ArmorSource } from "../../main/crypto/age/armor.ts"
import { BufferedSource } from "../../main/crypto/age/buffered-source.ts"
import { sourceOf } from "../../main/crypto/age/byte-source.ts"
import { encodeHeader, isAuthentic } from "../../main/crypto/age/header.ts"
import { readHeader } from "../../main/crypto/age/read-header.ts"
import { Secret } from "../../main/domain/secret.ts"
import { ageVectors } from "./age-vector.ts"
import { readAll } from "./read-all.ts"

const fileKey = new Secret(new Uint8Array(16).fill(9))

function read(text: string | Uint8Array) {
  return readHeader(new BufferedSource(sourceOf([Buffer.from(text)])))
}

test("every header of the testkit that can be read is written again to the same bytes", async () => {
  const readable = ageVectors.filter(({ expected, fileKey: key }) => expected === "success" && key !== null)
  for (const { name, file, fileKey: key, isArmored } of readable) {
    const outer = new BufferedSource(sourceOf([file]))
    const source = isArmored ? new BufferedSource(new ArmorSource(outer)) : outer
    const header = await readHeader(source)
    using secret = new Secret(new Uint8Array(Buffer.from(key ?? "", "hex")))
    expect(isAuthentic(header, secret), name).toBe(true)
    const start = Buffer.from(encodeHeader(header.stanzas, secret))
    expect(start.length, name).toBe(source.consumed)
    if (!isArmored) expect(start.equals(file.subarray(0, start.length)), name).toBe(true)
  }
  expect(readable.length).toBeGreaterThan(20)
})

test("stanzas of any body come back as they were", async () => {
  const stanzas = [0, 1, 47, 48, 49, 96, 1000].map((size) => ({
    type: "example.com/x",
    args: ["a", "!~", "b".repeat(300)],
    body: new Uint8Array(size).fill(size),
  }))
  const header = await read(encodeHeader(stanzas, fileKey))
  expect(header.stanzas).toEqual(stanzas)
  expect(isAuthentic(header, fileKey)).toBe(true)
})

test("a header that was changed is not authentic, nor is one under another file key", async () => {
  const text = Buffer.from(encodeHeader([{ type: "a", args: ["b"], body: new Uint8Array(5) }], fileKey)).toString()
  using other = new Secret(new Uint8Array(16).fill(8))
  expect(isAuthentic(await read(text), other)).toBe(false)
  expect(isAuthentic(await read(text.replace("-> a b", "-> a c")), fileKey)).toBe(false)
  expect(isAuthentic(await read(text.replace("-> a b\n", "-> x\n\n-> a b\n")), fileKey)).toBe(false)
})

test("an argument that a header can't hold is a bug of who made it", () => {
  for (const argument of ["", "a b", "a\n", "ä"]) {
    expect(() => encodeHeader([{ type: "a", args: [argument], body: new Uint8Array() }], fileKey)).toThrow()
  }
})

const start = "age-encryption.org/v1\n"
const mac = `--- ${"A".repeat(43)}\n`

test.for([
  ["nothing", ""],
  ["another version", "age-encryption.org/v2\n-> a\n\n"],
  ["no recipients", start + mac],
  ["an end before its MAC", `${start}-> a\n\n`],
  ["an end in a line", `${start}-> a\n\n${mac.slice(0, -1)}`],
  ["a MAC of another size", `${start}-> a\n\n--- ${"A".repeat(42)}\n`],
  ["two MACs", `${start}-> a\n\n--- ${"A".repeat(43)} ${"A".repeat(43)}\n`],
  ["a line of its own", `${start}-> a\n\nx\n${mac}`],
  ["a stanza without arguments", `${start}->\n\n${mac}`],
  ["an argument of two bytes", `${start}-> ä\n\n${mac}`],
  ["a passphrase beside another recipient", `${start}-> a\n\n-> scrypt b 18\n\n${mac}`],
] as const)("%s is refused", async ([, text]) => {
  await expect(read(text)).rejects.toMatchObject({ code: "INVALID_INPUT" })
})

test("a line and a header without end are refused before they fill the memory", async () => {
  let asked = 0
  function* endless(piece: string): Generator<Uint8Array> {
    yield Buffer.from(start)
    for (;;) {
      asked += piece.length
      yield Buffer.from(piece)
    }
  }
  const long = new BufferedSource(sourceOf(endless("x".repeat(1000))))
  await expect(readHeader(long)).rejects.toThrow("a line is longer than 64 KiB")
  const many = new BufferedSource(sourceOf(endless(`-> a\n${"A".repeat(4)}\n`)))
  await expect(readHeader(many)).rejects.toThrow("the header is larger than 2 MiB")
  expect(asked).toBeLessThan(3 * 1024 * 1024)
})

test("white space without end around armour is refused", async () => {
  function* endless(): Generator<Uint8Array> {
    for (;;) yield Buffer.from(" \n")
  }
  const source = new ArmorSource(new BufferedSource(sourceOf(endless())))
  await expect(readAll(piecesOf(source))).rejects.toThrow("too much white space")
})

async function* piecesOf(source: ArmorSource): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(100)
  for (;;) {
    const count = await source.read(buffer)
    if (count === 0) return
    yield buffer.subarray(0, count)
  }
}
