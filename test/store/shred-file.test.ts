import { closeSync, existsSync, linkSync, openSync, readFileSync, readSync, symlinkSync, writeFileSync } from "node:fs"
import { expect, test } from "vitest"
import { shredFile } from "../../main/store/shred-file.ts"
import { temporaryFolder } from "../support/temporary-folder.ts"

const text = "-----BEGIN PRIVATE KEY-----"
const isText = (content: Uint8Array) => Buffer.from(content).toString() === text

test("a shredded file is gone, and was overwritten before", () => {
  using folder = temporaryFolder()
  const path = folder.file("key.pem")
  writeFileSync(path, text)
  // What still has the file open sees what became of its content.
  const open = openSync(path, "r")
  shredFile(path, isText)
  const left = Buffer.alloc(text.length)
  readSync(open, left, 0, text.length, 0)
  closeSync(open)
  expect(existsSync(path)).toBe(false)
  expect(left.toString("latin1")).not.toContain("PRIVATE")
})

test.for(["another file", "a link", "a second name", "a folder"])("%s is left alone", (kind) => {
  using folder = temporaryFolder()
  const path = folder.file("key.pem")
  writeFileSync(path, kind === "another file" ? "something else" : text)
  const other = folder.file("other")
  if (kind === "a link") symlinkSync(path, other)
  if (kind === "a second name") linkSync(path, other)
  const asked = { "another file": path, "a folder": folder.path }[kind] ?? other
  expect(() => shredFile(asked, isText)).toThrow()
  expect(readFileSync(path, "utf8")).toBe(kind === "another file" ? "something else" : text)
})
