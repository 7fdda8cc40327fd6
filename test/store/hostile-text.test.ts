import fc from "fast-check"
import { afterAll, beforeAll, expect, test } from "vitest"
import { searchExpression } from "../../main/store/key-search.ts"
import { lowMemoryKdf, passphrase, TestVault } from "../support/vaults.ts"

let vault: TestVault

beforeAll(async () => {
  vault = await TestVault.create()
})

afterAll(() => vault[Symbol.dispose]())

/** Text that does something somewhere, if it is ever taken for more than text. */
const hostile: Readonly<Record<string, string>> = {
  "zero-width characters": "a\u200Bb\u200Dc\uFEFFd",
  "combining marks": `z${"\u0323\u0300\u0315".repeat(30)}`,
  HTML: '<img src=x onerror="alert(1)"><script>alert(1)</script>',
  "CSV formula": '=HYPERLINK("http://example.com","x")',
  "CSV command": "@SUM(1+1)*cmd|' /C calc'!A0",
  "SQL quote": "'; DROP TABLE keys; --",
  "SQL double quote": '" OR 1=1 --',
  "path up": "../../../../etc/passwd",
  "absolute path": "/dev/null",
  "Windows path": "C:\\Windows\\system32\\CON",
  "device name": "NUL",
  "shell expansion": "$(touch x) `id` \u0024{HOME} ; rm -rf *",
  "format string": "%s%s%n%x",
  "template literal": "\u0024{7*7}{{7*7}}",
  "JSON fragment": '","state":"active',
  ["__proto__"]: "__proto__",
  constructor: "constructor",
  "command-line option": "--yes",
  "emoji beyond the BMP": "🔑🗝️👩‍👩‍👧‍👦",
  "decomposed umlaut": "u\u0308",
  "composed umlaut": "ü",
  "looks like latin": "раypal",
  "private use": "\uE000\u{F0000}",
  noncharacter: "\uFFFE\uFFFF",
  "FTS operators": 'AND OR NOT NEAR(a b) "x" * ^ + - : ( ) {name}:x',
}

const texts = Object.entries(hostile)

test.for(texts)("a name with %s is stored and given back as it is", async ([, text]) => {
  await vault.generate(text, { owner: text, environment: text, tags: [text] })
  const shown = await vault.ask("key.show", { name: text })
  expect(shown).toMatchObject({ name: text, owner: text, environment: text, tags: [text] })
  const { rows } = await vault.ask("audit.list", { key: text })
  expect(rows).toMatchObject([{ action: "key.generate", target: text }])
  expect(vault.bugs).toEqual([])
})

test("after all of them the vault is whole, the keys are distinct, and each is found by its name", async () => {
  expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true, checked: { keys: texts.length } })
  const { keys } = await vault.ask("key.list", { limit: 1000 })
  expect(new Set(keys.map(({ name }) => name))).toEqual(new Set(Object.values(hostile)))
})

test("reasons, keyrings and labels take hostile text too", async () => {
  for (const [, text] of texts) {
    await vault.ask("key.suspend", { name: text, reason: text })
    await vault.ask("keyring.create", { name: text })
    await vault.ask("key.generate", { name: `in ${text}`, algorithm: "aes-128", purpose: "encryption", keyring: text })
  }
  const { keyrings } = await vault.ask("keyring.list", {})
  expect(keyrings).toHaveLength(texts.length + 1)
  expect((await vault.ask("vault.verify", {})).ok).toBe(true)
})

const refused: readonly (readonly [what: string, name: string])[] = [
  ["empty", ""],
  ["white space", " \t\n\u00A0\u3000"],
  ["with a NUL", "a\0b"],
  ["with half a surrogate pair", "a\uD800b"],
  ["with the other half", "\uDC00"],
  ["of 201 characters", "x".repeat(201)],
  ["of 201 characters beyond the BMP", "🔑".repeat(201)],
  ["of a megabyte", "x".repeat(1024 * 1024)],
]

test.for(refused)("a name that is %s is refused, and not repeated in the answer", async ([, name]) => {
  const { code, detail } = await vault.refusal("key.generate", { name, algorithm: "aes-256", purpose: "encryption" })
  expect(code).toBe("INVALID_INPUT")
  expect(detail).toMatch(/^name: /)
  expect(detail?.length).toBeLessThan(100)
})

test("a name of 200 characters is taken, however many bytes they are", async () => {
  for (const character of ["x", "ü", "鍵", "🔑"]) {
    const name = character.repeat(200)
    expect((await vault.generate(name)).name).toBe(name)
  }
})

test("names that look the same but are not are two keys", async () => {
  const names = ["Ångström", "A\u030Angstro\u0308m", "\u212Bngström", "ångström"]
  for (const name of names) await vault.generate(name)
  expect(
    await vault.refusal("key.generate", { name: "Ångström", algorithm: "aes-256", purpose: "encryption" }),
  ).toMatchObject({
    code: "ALREADY_EXISTS",
  })
})

const halfPair = "\uD800"

test.for(["owner", "environment"] as const)("an %s that is no Unicode text is refused", async (field) => {
  const input = { name: "k", algorithm: "aes-256", purpose: "encryption", [field]: halfPair } as const
  expect(await vault.refusal("key.generate", input)).toMatchObject({ code: "INVALID_INPUT" })
})

test.for([halfPair, "a\0b", ""])("the tag %j is refused", async (tag) => {
  const input = { name: "k", algorithm: "aes-256", purpose: "encryption" } as const
  expect(await vault.refusal("key.generate", { ...input, tags: [tag] })).toMatchObject({ code: "INVALID_INPUT" })
  const name = Object.values(hostile)[0] ?? ""
  expect(await vault.refusal("key.set", { name, addTags: [tag] })).toMatchObject({ code: "INVALID_INPUT" })
  expect(vault.bugs).toEqual([])
})

test("a label that is no Unicode text is refused, of a vault and of a keyslot", async () => {
  const path = `${vault.folder}/other.claviger`
  const creation = { path, passphrase: passphrase(), kdf: lowMemoryKdf, label: halfPair }
  expect(await vault.refusal("vault.create", creation)).toMatchObject({ code: "INVALID_INPUT" })
  const slot = { newPassphrase: passphrase("x"), label: halfPair }
  expect(await vault.refusal("vault.slot.add", slot)).toMatchObject({ code: "INVALID_INPUT" })
  expect(vault.bugs).toEqual([])
})

test.for(["a\0b", halfPair])("the path %j is refused, or is a path", async (path) => {
  const inputs = {
    "vault.unlock": { path, passphrase: passphrase() },
    "vault.info": { path },
    "vault.restore": { file: path, to: path, passphrase: passphrase() },
    "audit.export": { out: path },
    "audit.verify-export": { file: path },
  }
  using other = new TestVault(vault.folder)
  for (const [operation, input] of Object.entries(inputs)) {
    expect(await other.claviger.dispatch(operation, input)).toMatchObject({ ok: false })
  }
  expect(other.bugs).toEqual([])
})

const queries = [
  ...Object.values(hostile),
  '"',
  '""',
  "*",
  "name:*",
  "a* OR b*",
  "NEAR(",
  "{name owner} : x",
  "-- ' \" ) (",
  "\0",
  "x".repeat(1000),
  "'; DELETE FROM keys; --",
]

test.for(queries)("searching for %j answers, and changes nothing", async (query) => {
  const { keys } = await vault.ask("key.list", { query, limit: 1000 })
  expect(keys).toBeInstanceOf(Array)
  expect(vault.bugs).toEqual([])
})

test("a search for anything at all answers", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary", maxLength: 60 }), async (query) => {
      const reply = await vault.claviger.dispatch("key.list", { query, limit: 1 })
      return reply.ok
    }),
    { numRuns: 300 },
  )
})

test("an expression holds only quoted words, so that no operator gets through", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (query) => {
      const expression = searchExpression(query)
      return (
        expression === null ||
        expression === `""*` ||
        /^"[\p{L}\p{N}\p{M}]+"\*( "[\p{L}\p{N}\p{M}]+"\*)*$/u.test(expression)
      )
    }),
  )
})
