import { expect, test } from "vitest"
import { type SourceFile, sourceFiles } from "./source-files.ts"

const sources = sourceFiles("main", "preload", "renderer", "native/src")

/** What must not be written, why, and an example that shows the search finds it. */
const forbidden = [
  { what: /\bMath\s*\.\s*random\b/, why: "not a random number for a secret", example: "Math.random()" },
  { what: /\bpseudoRandomBytes\b|\bprng\b/i, why: "randomness has one source", example: "crypto.pseudoRandomBytes(8)" },
  { what: /mersenne|xorshift|mulberry|\blcg\b/i, why: "no generator of our own", example: "function mulberry32(a) {" },
  {
    what: /seed\w*\b[^\n]*\b(Date\.now|new Date|performance\.now|hrtime)/i,
    why: "a clock is no secret",
    example: "const seed = new Date().getTime()",
  },
  { what: /PRAGMA\s+(hex)?(re)?key\b/i, why: "leaves the key in memory as text", example: "PRAGMA key = 'x'" },
  { what: /pragma\(\s*["'`]\s*(hex)?(re)?key\b/i, why: "the same", example: 'db.pragma("rekey = 1")' },
  { what: /\.serialize\(/, why: "gives the database in clear", example: "db.serialize()" },
  { what: /\bATTACH\b/, why: "an attached database can be in clear", example: "ATTACH DATABASE 'x' AS y KEY ''" },
  { what: /\b(aes(128|256)cbc|rc4)\b/, why: "pages without integrity", example: "cipher = 'aes256cbc'" },
  { what: /\beval\(|\bnew Function\(/, why: "code comes from files", example: "eval(text)" },
  {
    what: /process\.env\b[^\n]*(pass|pin\b|secret)/i,
    why: "no secret in the environment",
    example: "process.env.PASSPHRASE",
  },
] as const

/** Comments may name what the code must not do. */
function codeLines({ path, text }: SourceFile): string[] {
  const isComment = /^\s*(\/\/|\/\*|\*)/
  const lines = text.split("\n").map((line, index) => `${path}:${index + 1}: ${line.trim()}`)
  return lines.filter((_, index) => !isComment.test(text.split("\n")[index] ?? ""))
}

const code = sources.flatMap(codeLines)

test("the code is found", () => {
  expect(code.length).toBeGreaterThan(3000)
})

test.for(forbidden)("$what is nowhere: $why", ({ what, example }) => {
  expect(example).toMatch(what)
  expect(code.filter((line) => what.test(line))).toEqual([])
})
