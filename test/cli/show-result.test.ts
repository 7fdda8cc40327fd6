import { expect, test } from "vitest"
import { failureDocument, failureLine } from "../../main/cli/report.ts"
import { showResult } from "../../main/cli/show-result.ts"
import { printable } from "../../main/domain/printable.ts"

const hostile = [
  ["\u001b[31mred\u001b]0;title\u0007", "\\u{1b}[31mred\\u{1b}]0;title\\u{7}"],
  ["a\u202egnp.exe", "a\\u{202e}gnp.exe"],
  ["two\nlines\r", "two\\u{a}lines\\u{d}"],
  ["\u009b2J", "\\u{9b}2J"],
  ["zero\u200bwidth\ufeff", "zero\\u{200b}width\\u{feff}"],
  ["\u2028\u2029\u0000", "\\u{2028}\\u{2029}\\u{0}"],
] as const

test.for(hostile)("%j is shown inert", ([given, shown]) => {
  expect(printable(given)).toBe(shown)
  expect(showResult({ name: given })).toBe(`name  ${shown}`)
  expect(showResult({ keys: [{ name: given }] })).toBe(`NAME\n${shown}`)
  expect(failureLine({ code: "NOT_FOUND", detail: given })).toContain(shown)
})

test("ordinary text of any language stays as it is", () => {
  for (const text of ["Ключ 鍵 مفتاح é", "<img onerror=x>", "=1+1", "'; DROP TABLE keys"])
    expect(printable(text)).toBe(text)
})

test("members stand one below the other, and what is not there is left out", () => {
  const result = { vaultId: "v", kdf: { memoryKiB: 65_536 }, tags: ["a", "b"], owner: null, locked: false }
  expect(showResult(result)).toBe(
    ["vault id        v", "kdf memory KiB  65536", "tags            a, b", "locked          no"].join("\n"),
  )
})

test("a list of things is a table of the columns asked for", () => {
  const keys = [
    { name: "a", state: "active", currentVersion: 1 },
    { name: "payroll", state: "suspended" },
  ]
  expect(showResult({ keys }, ["name", "currentVersion"])).toBe("NAME     CURRENT VERSION\na        1\npayroll  -")
  expect(showResult({ keys: [] })).toBe("(none)")
})

test("a failure is one line, with what to do", () => {
  const line = failureLine({ code: "STATE_DENIED", detail: "payroll is suspended" })
  expect(line).toBe(
    "claviger: The key's state does not allow this: payroll is suspended. `claviger key show NAME` tells the state of each version.\n",
  )
})

test.for([
  ["a PIN is needed", "A PIN is needed. None was tried"],
  ["a PIN is needed: --pin-file, --pin-fd or a terminal", "A PIN is needed: --pin-file, --pin-fd or a terminal. None"],
  ["a PIN is needed: keyring far", "A PIN is needed: keyring far: --unlock-keyring with --keyring-pin-file"],
  ["CKR_PIN_INCORRECT", "The PIN is not correct: CKR_PIN_INCORRECT. Every wrong try counts."],
] as const)("where no PIN was given, nothing is said of a wrong one: %s", ([detail, said]) => {
  expect(failureLine({ code: "PIN_INCORRECT", detail })).toContain(said)
})

test("a bug is named by its reference", () => {
  const reference = "01890a5d-ac96-774b-bcce-b302099a8057"
  expect(failureDocument({ code: "INTERNAL", reference }).message).toBe(
    `Something went wrong inside Claviger: reference ${reference}`,
  )
})
