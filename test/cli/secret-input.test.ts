import { closeSync, openSync, readSync, writeFileSync } from "node:fs"
import { expect, test } from "vitest"
import { LineEditor } from "../../main/cli/line-editor.ts"
import { readPassphraseFd, readPassphraseFile, secretLines } from "../../main/cli/secret-input.ts"
import { Secret } from "../../main/domain/secret.ts"
import { temporaryFolder } from "../support/temporary-folder.ts"

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8")

async function ofFile(content: string | Uint8Array): Promise<string> {
  using folder = temporaryFolder()
  writeFileSync(folder.file("p"), content)
  using secret = await readPassphraseFile(folder.file("p"), "passphraseFile")
  return text(secret.bytes)
}

test.for([
  ["pass word\n", "pass word"],
  ["pass word\r\nsecond\r\n", "pass word"],
  ["pass word", "pass word"],
  [" kept \n", " kept "],
  ["Ünïcödé 鍵\n", "Ünïcödé 鍵"],
  [`${"x".repeat(1024)}\n`, "x".repeat(1024)],
])("of %j the first line is taken, without its line break", async ([content = "", expected]) => {
  expect(await ofFile(content)).toBe(expected)
})

test("bytes that are no UTF-8 are a passphrase too", async () => {
  using folder = temporaryFolder()
  writeFileSync(folder.file("p"), Buffer.from([0xff, 0x00, 0xfe, 0x0a]))
  using secret = await readPassphraseFile(folder.file("p"), "passphraseFile")
  expect(secret.bytes).toEqual(new Uint8Array([0xff, 0x00, 0xfe]))
})

test.for([
  ["", "passphraseFile: its first line is empty"],
  ["\nsecond", "passphraseFile: its first line is empty"],
  ["\r\n", "passphraseFile: its first line is empty"],
  [`${"x".repeat(1025)}\n`, "passphraseFile: its first line is longer than 1024 bytes"],
  ["x".repeat(70_000), "passphraseFile: is larger than 64 KiB"],
])("case %#: %s", async ([content = "", detail]) => {
  await expect(ofFile(content)).rejects.toMatchObject({ code: "INVALID_INPUT", detail })
})

test("a file descriptor gives one line and keeps what follows", async () => {
  using folder = temporaryFolder()
  writeFileSync(folder.file("p"), "first\nsecond\n")
  const fd = openSync(folder.file("p"), "r")
  try {
    using secret = await readPassphraseFd(fd, "passphraseFd")
    expect(text(secret.bytes)).toBe("first")
    const rest = Buffer.alloc(20)
    expect(rest.subarray(0, readSync(fd, rest)).toString()).toBe("second\n")
  } finally {
    closeSync(fd)
  }
})

test.for(["", "\ufeff"])("shares are the lines that are not blank, after %j too", (mark) => {
  const lines = secretLines(new Secret(new Uint8Array(Buffer.from(`${mark}one two\r\n\n  \nthree four\n\nfive`))))
  expect(lines.map(({ bytes }) => text(bytes))).toEqual(["one two", "three four", "five"])
})

function typed(keys: string): { line: string; last: string } {
  using editor = new LineEditor(1024)
  let last = "more"
  for (const byte of Buffer.from(keys)) if (last === "more") last = editor.type(byte)
  return { line: text(editor.line), last }
}

test.for([
  ["pässword\r", "pässword", "done"],
  ["pass\n", "pass", "done"],
  ["pasx\x7fs\r", "pass", "done"],
  ["paß鍵\x7f\x7fss\r", "pass", "done"],
  ["\x7f\x7fa\r", "a", "done"],
  ["wrong\x15right\r", "right", "done"],
  ["a\x1b[[A\x1b[Ab\x1bOPc\x1b[3~d\r", "abcd", "done"],
  ["a\x1b\r", "a", "done"],
  ["a\x1bb\r", "ab", "done"],
  ["a\x1b[1;5\r", "a", "done"],
  ["a\x1b\x1b[Ab\r", "ab", "done"],
  ["a\tb\x01\r", "ab", "done"],
  ["abc\x04", "abc", "done"],
  ["\x04", "", "ended"],
  ["abc\x03", "abc", "interrupted"],
])("%j is %j, %s", ([keys = "", line, last]) => {
  expect(typed(keys)).toEqual({ line, last })
})

test("after the Esc key, a letter is a letter", () => {
  using editor = new LineEditor(8)
  editor.type(0x1b)
  editor.pause()
  for (const byte of Buffer.from("O[x")) editor.type(byte)
  expect(text(editor.line)).toBe("O[x")
})

test("what was typed is wiped afterwards", () => {
  const editor = new LineEditor(8)
  for (const byte of Buffer.from("secret")) editor.type(byte)
  const { line } = editor
  editor[Symbol.dispose]()
  expect(line).toEqual(new Uint8Array(6))
})

test("more than fits is noticed, and not kept", () => {
  using editor = new LineEditor(4)
  for (const byte of Buffer.from("123456789")) editor.type(byte)
  expect(editor.line.length).toBe(5)
})
