import { expect, test } from "vitest"
import { commandTable } from "../../main/cli/command-table.ts"
import {
  type Field,
  flag,
  integer,
  list,
  path,
  paths,
  required,
  takeFields,
  text,
  words,
} from "../../main/cli/field.ts"
import { readKdfChoice, readShareScheme } from "../../main/cli/vault-choices.ts"

const fields = {
  name: required(text("NAME", "")),
  version: integer("N", ""),
  tag: list("T", ""),
  usages: words("U,U", ""),
  force: flag(""),
}
const take = (given: Record<string, unknown>) => takeFields(fields, given, (name) => name)

test("a batch line gives JSON, the terminal gives text: both mean the same", () => {
  const meant = { name: "a", version: 2, tag: ["x"], usages: ["sign", "verify"], force: true }
  expect(take({ name: "a", version: 2, tag: ["x"], usages: ["sign", "verify"], force: true })).toEqual(meant)
  expect(take({ name: "a", version: "2", tag: "x", usages: "sign,verify", force: true })).toEqual(meant)
})

test("what is not said is absent", () => {
  expect(take({ name: "a" })).toEqual({
    name: "a",
    version: undefined,
    tag: undefined,
    usages: undefined,
    force: false,
  })
})

test.for([
  [{}, "USAGE", "name is missing"],
  [{ name: 7 }, "INVALID_INPUT", "name: is not text"],
  [{ name: null }, "INVALID_INPUT", "name: is not text"],
  [{ name: "a", version: 1.5 }, "INVALID_INPUT", "version: is not a whole number"],
  [{ name: "a", version: -1 }, "INVALID_INPUT", "version: is not a whole number"],
  [{ name: "a", version: "0x10" }, "INVALID_INPUT", "version: is not a whole number"],
  [{ name: "a", version: "9".repeat(16) }, "INVALID_INPUT", "version: is not a whole number"],
  [{ name: "a", tag: ["x", 1] }, "INVALID_INPUT", "tag: is not text"],
  [{ name: "a", force: "yes" }, "INVALID_INPUT", "force: is not true or false"],
  [{ name: "a", nope: 1 }, "INVALID_INPUT", "nope: is not known here"],
  [{ name: "a", constructor: 1 }, "INVALID_INPUT", "constructor: is not known here"],
  [{ name: "a", "my passphrase": 1 }, "INVALID_INPUT", "args: is not known here"],
  [JSON.parse('{"name":"a","__proto__":{"force":true}}'), "INVALID_INPUT", "args: is not known here"],
] as const)("%j is refused: %s, %s", ([given, code, detail]) => {
  expect(() => take(given)).toThrow(expect.objectContaining({ code, detail }))
})

test.for(["", "a\0b", "\ud800"])("%j is the name of no file", (given) => {
  const places = { in: path("FILE", ""), also: paths("FILE", "") }
  for (const name of ["in", "also"]) {
    const read = () => takeFields(places, { [name]: given }, (field) => field)
    expect(read).toThrow(
      expect.objectContaining({ code: "INVALID_INPUT", detail: expect.stringContaining(`${name}: `) }),
    )
  }
})

test("whatever names a file is known to be one", () => {
  const fields = commandTable.flatMap((command) => Object.entries(command.fields))
  const others = fields.filter(([, field]) => /^(FILE|DIR|OUT)$/.test(field.placeholder) && accepts(field, "a\0b"))
  expect(others.map(([name]) => name)).toEqual([])
})

function accepts(field: Field, given: string): boolean {
  try {
    field.read(given, "field")
    return true
  } catch {
    return false
  }
}

test("the cost of a passphrase is auto, low, or three numbers in any order", () => {
  expect(readKdfChoice("auto")).toBe("auto")
  expect(readKdfChoice("low-memory")).toEqual({ memoryKiB: 19_456, passes: 2, lanes: 1, lowMemory: true })
  expect(readKdfChoice("lanes=4,memoryKiB=65536,passes=3")).toEqual({ memoryKiB: 65_536, passes: 3, lanes: 4 })
})

test.for([
  "",
  "memoryKiB=65536,passes=3",
  "memoryKiB=65536,passes=3,lanes=4,lanes=4",
  "memoryKiB=1e5,passes=3,lanes=4",
])("`%s` is no cost", (given) => {
  expect(() => readKdfChoice(given)).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }))
})

test("shares are so many of so many", () => {
  expect(readShareScheme("3of5")).toEqual({ threshold: 3, count: 5 })
  for (const given of ["3/5", "of", "3 of 5", "300of500"]) {
    expect(() => readShareScheme(given)).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }))
  }
})
