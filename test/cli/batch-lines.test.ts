import fc from "fast-check"
import { expect, test } from "vitest"
import { type BatchLine, BatchLines } from "../../main/cli/batch-lines.ts"

async function* streamOf(chunks: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Promise.resolve(Buffer.from(chunk))
}

async function linesOf(...chunks: readonly (string | Uint8Array)[]): Promise<BatchLine[]> {
  const lines = new BatchLines(streamOf(chunks))
  const taken: BatchLine[] = []
  while (await lines.more()) {
    for (let line = lines.take(); line !== undefined; line = lines.take()) taken.push(line)
  }
  return taken
}

test("lines are whole however the stream is cut, blank ones left out but counted", async () => {
  expect(await linesOf("on", "e\n\n  \ntw", "", "o\r\nthr", "ee")).toEqual([
    { number: 1, text: "one" },
    { number: 4, text: "two\r" },
    { number: 5, text: "three" },
  ])
})

test("a line that is too long is named, and the next one is read", async () => {
  const longest = "x".repeat(2 * 1024 * 1024)
  expect(await linesOf(`${longest}\n`, longest, "x\nnext")).toEqual([
    { number: 1, text: longest },
    { number: 2, text: null },
    { number: 3, text: "next" },
  ])
})

test("a line that is not UTF-8 is named", async () => {
  expect(await linesOf(Buffer.from([0x22, 0xff, 0x22, 0x0a]), "next")).toEqual([
    { number: 1, text: null },
    { number: 2, text: "next" },
  ])
})

test("a stream may use its memory again", async () => {
  const chunk = Buffer.from("one\ntw")
  async function* reused(): AsyncGenerator<Uint8Array> {
    yield Promise.resolve(chunk)
    chunk.fill("x")
    yield Promise.resolve(Buffer.from("o\n"))
  }
  const lines = new BatchLines(reused())
  const taken: (BatchLine | undefined)[] = []
  while (await lines.more()) taken.push(lines.take())
  expect(taken.map((line) => line?.text)).toEqual(["one", "two"])
})

test("any text comes out as it went in, cut anywhere", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: "grapheme" })),
      fc.array(fc.nat(), { maxLength: 5 }),
      async (texts, cuts) => {
        const given = texts.filter((text) => text.trim() !== "" && !text.includes("\n"))
        const bytes = Buffer.from(given.join("\n"))
        const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length]
        const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end))
        expect((await linesOf(...chunks)).map(({ text }) => text)).toEqual(given)
      },
    ),
  )
})
