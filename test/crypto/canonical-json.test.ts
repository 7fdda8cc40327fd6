import fc from "fast-check"
import { expect, test } from "vitest"
import { canonicalBytes, canonicalJson, type JsonValue } from "../../main/crypto/canonical-json.ts"

/** Any JSON value; -0 is left out because JSON writes it as 0. */
const anyValue = fc.jsonValue({ noUnicodeString: false, maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)))

/** The same value with the members of every object in the opposite order. */
function reversed(value: JsonValue): JsonValue {
  if (value === null || typeof value !== "object") return value
  if (Array.isArray(value)) return value.map(reversed)
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, reversed(member)]),
  )
}

test("the example of RFC 8785 section 3.2.2 comes out as its section 3.2.3 says", () => {
  const value = {
    numbers: JSON.parse("[333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001]"),
    string: "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\u002f",
    literals: [null, true, false],
  }
  expect(canonicalJson(value)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
      '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  )
})

test("its bytes are those that RFC 8785 section 3.2.4 prints", () => {
  const string = canonicalBytes({ string: "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\u002f" })
  const printed = "7b22737472696e67223a22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d"
  expect(Buffer.from(string).toString("hex")).toBe(printed)
})

test("members are sorted by UTF-16 code units, as in RFC 8785 section 3.2.3", () => {
  const value = {
    "\u20ac": "Euro Sign",
    "\r": "Carriage Return",
    "\ufb33": "Hebrew Letter Dalet With Dagesh",
    "1": "One",
    "\ud83d\ude00": "Emoji: Grinning Face",
    "\u0080": "Control",
    "\u00f6": "Latin Small Letter O With Diaeresis",
  }
  expect([...canonicalJson(value).matchAll(/:"([^"]+)"/g)].map(([, name]) => name)).toEqual([
    "Carriage Return",
    "One",
    "Control",
    "Latin Small Letter O With Diaeresis",
    "Euro Sign",
    "Emoji: Grinning Face",
    "Hebrew Letter Dalet With Dagesh",
  ])
})

/** IEEE 754 bits and their text, from RFC 8785 appendix B. */
test.for([
  ["0000000000000000", "0"],
  ["8000000000000000", "0"],
  ["0000000000000001", "5e-324"],
  ["8000000000000001", "-5e-324"],
  ["7fefffffffffffff", "1.7976931348623157e+308"],
  ["ffefffffffffffff", "-1.7976931348623157e+308"],
  ["4340000000000000", "9007199254740992"],
  ["c340000000000000", "-9007199254740992"],
  ["4430000000000000", "295147905179352830000"],
  ["44b52d02c7e14af5", "9.999999999999997e+22"],
  ["44b52d02c7e14af6", "1e+23"],
  ["44b52d02c7e14af7", "1.0000000000000001e+23"],
  ["444b1ae4d6e2ef4e", "999999999999999700000"],
  ["444b1ae4d6e2ef4f", "999999999999999900000"],
  ["444b1ae4d6e2ef50", "1e+21"],
  ["3eb0c6f7a0b5ed8c", "9.999999999999997e-7"],
  ["3eb0c6f7a0b5ed8d", "0.000001"],
  ["41b3de4355555553", "333333333.3333332"],
  ["41b3de4355555554", "333333333.33333325"],
  ["41b3de4355555555", "333333333.3333333"],
  ["41b3de4355555556", "333333333.3333334"],
  ["41b3de4355555557", "333333333.33333343"],
  ["becbf647612f3696", "-0.0000033333333333333333"],
  ["43143ff3c1cb0959", "1424953923781206.2"],
] as const)("the number of bits %s is written as %s", ([bits, text]) => {
  expect(canonicalJson(Buffer.from(bits, "hex").readDoubleBE())).toBe(text)
})

test.for([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("%d is refused", (number) => {
  expect(() => canonicalJson([number])).toThrow(TypeError)
})

test.for(["\ud800", "a\udfffb", "\udc00\ud800"])("a lone surrogate is refused, in a text and in a name", (text) => {
  expect(() => canonicalJson(text)).toThrow(TypeError)
  expect(() => canonicalJson({ [text]: 1 })).toThrow(TypeError)
})

test.for([
  ["undefined", undefined],
  ["a member that is undefined", { a: undefined }],
  ["an element that is undefined", [undefined]],
  ["a hole in an array", new Array(2)],
  ["a bigint", 1n],
  ["a symbol", Symbol("a")],
  ["a function", () => 1],
  ["a date", new Date(0)],
  ["a map", new Map([["a", 1]])],
  ["bytes", new Uint8Array(1)],
] as const)("%s is refused", ([, value]) => {
  // @ts-expect-error: what the type refuses must be refused at run time too
  expect(() => canonicalJson(value)).toThrow(TypeError)
})

test("toJSON, own or inherited, is not called", () => {
  const value = JSON.parse('{"toJSON":1,"__proto__":2}')
  expect(canonicalJson(value)).toBe('{"__proto__":2,"toJSON":1}')
})

test("any value survives being written and read", () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(value)
    }),
  )
})

test("the order of members makes no difference, nor does writing twice", () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      const text = canonicalJson(value)
      expect(canonicalJson(reversed(value))).toBe(text)
      expect(canonicalJson(JSON.parse(text))).toBe(text)
    }),
  )
})

test("nothing stands between the parts", () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      expect(canonicalJson(value).length).toBe(JSON.stringify(value).length)
    }),
  )
})
