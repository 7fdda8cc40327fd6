import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { systemFailure } from "../../main/operations/system-failure.ts"
import { type FailureCode, failures } from "../../preload/contract/failure.ts"
import { detailOf, hintOf, inWindow, messageOf } from "../../renderer/api/words-of-window.ts"

const root = join(import.meta.dirname, "../..")
const ofCommandLine =
  /`(vault|key|keyring|seed|file|audit) [a-z-]+`|(^|[\s(`])--[a-z]|`?claviger (vault|key|keyring|seed|file|audit) |\$CLAVIGER|terminal/
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

test("where no PIN was given it is asked for one, and nothing is said of a wrong one", () => {
  const failure = { code: "PIN_INCORRECT", detail: "a PIN is needed: keyring far" } as const
  expect([messageOf(failure), detailOf(failure)]).toEqual(["A PIN is needed.", "keyring far"])
  expect(hintOf(failure)).not.toContain("wrong")
  expect(detailOf({ code: "PIN_INCORRECT", detail: "a PIN is needed" })).toBeNull()
  expect(messageOf({ code: "PIN_INCORRECT", detail: "CKR_PIN_INCORRECT" })).toBe("The PIN is not correct.")
})

test("of a token that lost the key of a keyslot it is told what to do about it", () => {
  const failure = { code: "NOT_FOUND", detail: "the token does not have the key any more: keyslot work" } as const
  expect([messageOf(failure), detailOf(failure)]).toEqual([
    "The token does not have the key any more that opens this vault.",
    "keyslot work",
  ])
  expect(hintOf(failure)).toContain("Open the vault in another way")
})

/** Every code that main takes for a failure of the system, with which it does. */
function systemCodes(): string[] {
  const source = readFileSync(join(root, "main/operations/system-failure.ts"), "utf8")
  const named = [...source.matchAll(/\b(E[A-Z]{2,}|SQLITE_[A-Z]+)\b/g)].map(([code]) => code)
  const alone = [...source.matchAll(/SQLITE_\(([A-Z|]+)\)/g)].flatMap(([, names = ""]) => names.split("|"))
  return [...new Set([...named, ...alone.map((name) => `SQLITE_${name}`)])].filter((code) => code !== "SQLITE_")
}

test("what the system says is told in words; its code follows in brackets, after the place", () => {
  const codes = systemCodes()
  expect(codes.length).toBeGreaterThan(25)
  for (const code of codes) {
    const failure = systemFailure(Object.assign(new Error(code), { code, syscall: "open", path: "/keys/a.pem" }))
    if (failure === null) throw new Error(`${code} is a failure of the system`)
    expect(messageOf(failure)).toMatch(/^[A-Z][^_]*[.]$/)
    expect(hintOf(failure)).toMatch(/^[A-Z][^_]*[.]$/)
    expect(`${messageOf(failure)} ${hintOf(failure)}`).not.toMatch(/\b(E[A-Z]{3,}|SQLITE|errno|syscall)/)
    expect(detailOf(failure)).toBe(`/keys/a.pem (${code})`)
  }
})

test.for([
  ["ENOENT, open, /gone/a.pem", "The file, or the folder for it, is not there.", "/gone/a.pem (ENOENT)"],
  ["EACCES, mkdir, /private/x", "This machine does not let Claviger read or write there.", "/private/x (EACCES)"],
  ["SQLITE_IOERR_READ", "The disk reported an error.", "(SQLITE_IOERR_READ)"],
  ["EINVAL, read", "The machine refused to read or write a file.", "(EINVAL)"],
] as const)("%s is told as: %s", ([detail, message, shown]) => {
  expect(messageOf({ code: "IO_ERROR", detail })).toBe(message)
  expect(detailOf({ code: "IO_ERROR", detail })).toBe(shown)
})

test("a key whose name looks like a code of the system is not taken for one", () => {
  expect(detailOf({ code: "NOT_FOUND", detail: "a key named ENOENT, open, x" })).toBe("a key named ENOENT, open, x")
  expect(messageOf({ code: "STATE_DENIED", detail: "EXPORT is destroyed" })).toBe(
    "The key's state does not allow this.",
  )
})

test("warnings are said in the window's own words, too", () => {
  const [combined, kind] = ["`seed combine`, or its words,", "another language, or `--kind slip39`,"].map(inWindow)
  expect(combined).toBe("combining its shares, or its words,")
  expect(kind).not.toMatch(ofCommandLine)
})

test.for([
  ["C_GetSlotList: CKR_DEVICE_ERROR (it does not answer)", "it does not answer (CKR_DEVICE_ERROR)"],
  [
    "CKR_PIN_EXPIRED (its PIN is to be changed first: token change-pin)",
    "its PIN is to be changed first (CKR_PIN_EXPIRED)",
  ],
  ["C_Sign: CKR_SOMETHING", "its library gives no more than a code (CKR_SOMETHING)"],
] as const)("of what a token's library says the meaning comes first: %s", ([said, told]) => {
  expect(inWindow(said)).toBe(told)
})

test("the command that renews a key, or a seed, is left to the button beside it", () => {
  for (const kind of ["key", "seed"]) expect(inWindow(`Rotate it: ${kind} rotate savings.`)).toBe("Rotate it.")
})
