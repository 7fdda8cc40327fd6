import fc from "fast-check"
import { expect, test } from "vitest"
import { type JsonView, readJson, textOf } from "../../main/crypto/formats/strict-json.ts"
import { VaultError } from "../../main/domain/vault-error.ts"

/** Strings, objects and arrays as JavaScript has them; numbers and literals are not kept. */
function plain(view: JsonView): unknown {
  switch (view.kind) {
    case "string":
      return textOf(view.escaped)
    case "object":
      return Object.fromEntries([...view.members].map(([name, value]) => [name, plain(value)]))
    case "array":
      return view.items.map(plain)
    case "other":
      return 0
  }
}

function withoutScalars(value: unknown): unknown {
  if (typeof value === "string") return value
  if (Array.isArray(value)) return value.map(withoutScalars)
  if (typeof value !== "object" || value === null) return 0
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutScalars(member)]))
}

test("it reads what JSON.stringify writes", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom(0, 2), (json, indent) => {
      const value: unknown = JSON.parse(json)
      const text = JSON.stringify(value, null, indent)
      expect(plain(readJson(Buffer.from(text)))).toEqual(withoutScalars(value))
    }),
  )
})

test("it accepts nothing that JSON.parse refuses", () => {
  const token = fc.constantFrom(...'{}[]",:0123.eE+-\\u tfn\n', "true", "null", '"a"', "\\u0041", "1e5", "01")
  fc.assert(
    fc.property(fc.array(token, { maxLength: 12 }), (tokens) => {
      const text = tokens.join("")
      try {
        readJson(Buffer.from(text))
      } catch (error) {
        if (error instanceof VaultError) return
        throw error
      }
      JSON.parse(text)
    }),
    { numRuns: 5000 },
  )
})

test.for([
  ["a member that stands twice", '{"a":1,"a":2}'],
  ["a member that stands twice, once with an escape", '{"a":1,"\\u0061":2}'],
  ["something after the end", "{} {}"],
  ["a comma too much", '{"a":1,}'],
  ["a comment", "{/**/}"],
  ["a string with a line feed", '{"a":"\n"}'],
  ["an unknown escape", '{"a":"\\x"}'],
  ["a number with a leading zero", "[01]"],
  ["a number of 33 digits", `[1${"0".repeat(32)}]`],
  ["nothing", ""],
  ["17 arrays inside each other", `${"[".repeat(18)}${"]".repeat(18)}`],
  ["10,001 values", `[${"0,".repeat(10_000)}0]`],
])("%s is refused", ([, text]) => {
  expect(() => readJson(Buffer.from(text ?? ""))).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }))
})

test("bytes that are no UTF-8 are refused", () => {
  expect(() => readJson(Uint8Array.of(0x22, 0xff, 0x22))).toThrow("not UTF-8")
})

test("a member called __proto__ is a member like any other", () => {
  const view = readJson(Buffer.from('{"__proto__":"x"}'))
  expect(view.kind === "object" && [...view.members.keys()]).toEqual(["__proto__"])
})
