import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { type FailureCode, failures } from "../../preload/contract/failure.ts"
import { detailOf, hintOf, messageOf } from "../../renderer/api/words-of-window.ts"

const root = join(import.meta.dirname, "../..")
const ofCommandLine = /(^|[\s(`])--[a-z]|`?claviger (vault|key|keyring|seed|file|audit) |\$CLAVIGER|terminal/
/** What people do with the program that a file comes from, whichever door of ours they are at. */
const ofOthers = /`(gpg|keytool|puttygen) [^`]*`/g
const isCode = (code: string): code is FailureCode => code in failures

/** Every text in main that a failure may be told with, as far as it names an option or a command. */
function detailsWithCommands(): string[] {
  const files = globSync("main/{use-cases,domain,store,crypto,operations,composition,ipc}/**/*.ts", { cwd: root })
  const sources = [...files, "main/cli/output-file.ts"].map((file) => readFileSync(join(root, file), "utf8"))
  const code = sources.flatMap((source) => source.split("\n").filter((line) => !/^\s*(\*|\/\*|\/\/|--)/.test(line)))
  const texts = code.flatMap((line) => line.match(/"[^"]*"|`.*`/g) ?? []).map((text) => text.slice(1, -1))
  return texts
    .map((text) =>
      text
        .replaceAll(/\$\{[^}]*\}/g, "NAME")
        .replaceAll("\\`", "`")
        .replaceAll(ofOthers, "NAME"),
    )
    .filter((text) => ofCommandLine.test(text) && text.includes(" "))
}

test("the window says nothing of the command line about any failure", () => {
  for (const code of Object.keys(failures).filter(isCode)) {
    expect(`${messageOf({ code })} ${hintOf({ code })}`).not.toMatch(ofCommandLine)
  }
})

test("details that name an option or a command are said in the window's own words", () => {
  const found = detailsWithCommands()
  expect(found.length).toBeGreaterThan(5)
  for (const detail of found) {
    const told = detailOf({ code: "INVALID_INPUT", detail })
    expect(told).not.toMatch(ofCommandLine)
    expect(told?.length).toBeGreaterThan(3)
  }
})

test("other details stay as they are, and a bug's is its reference", () => {
  expect(detailOf({ code: "NOT_FOUND", detail: "a key named x--force y" })).toBe("a key named x--force y")
  expect(detailOf({ code: "INTERNAL", reference: "abc" })).toBe("abc")
  expect(detailOf({ code: "VAULT_LOCKED" })).toBeNull()
})
