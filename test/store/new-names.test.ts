import fc from "fast-check"
import { afterAll, beforeAll, expect, test } from "vitest"
import { inStore } from "../support/in-store.ts"
import { lowMemoryKdf, passphrase, TestVault } from "../support/vaults.ts"

let vault: TestVault

beforeAll(async () => {
  vault = await TestVault.create()
  await vault.generate("there")
})

afterAll(() => vault[Symbol.dispose]())

const blank = "begins or ends with a blank"
const control = "holds a line break or another control character"
const direction = "holds a mark that changes the direction of writing"

/** What reads as something else than it is, and why it is refused. */
const unreadable: readonly (readonly [what: string, text: string, why: string])[] = [
  ["a blank before it", " deploy", blank],
  ["a wide blank after it", "deploy\u3000", blank],
  ["a line break after it", "deploy\n", blank],
  ["line breaks", "one\r\ntwo", control],
  ["separators of lines and paragraphs", "one\u2028two\u2029three", control],
  ["a tab", "one\ttwo", control],
  ["escape sequences", "\u001B[2J\u001B[31mred", control],
  ["control characters of Latin-1", "a\u009B2Jb", control],
  ["a right-to-left override", "invoice\u202Efdp.exe", direction],
  ["isolates", "\u2066\u2067abc\u2069", direction],
  ["marks of direction", "a\u200E\u200Fb", direction],
  ["the Arabic letter mark", "a\u061Cb", direction],
]

const kind = { algorithm: "aes-256", purpose: "encryption" } as const

test.for(unreadable)(
  "with %s no name, owner, environment or tag of a key is taken, and the reason is said",
  async ([, text, why]) => {
    const refusalOf = async (more: object) =>
      (await vault.refusal("key.generate", { name: "new", ...kind, ...more })).detail
    expect(await refusalOf({ name: text })).toBe(`name: ${why}`)
    expect(await refusalOf({ owner: text })).toBe(`owner: ${why}`)
    expect(await refusalOf({ environment: text })).toBe(`environment: ${why}`)
    expect(await refusalOf({ tags: [text] })).toBe(`tags.0: ${why}`)
  },
)

test("a policy that wants an owner is not met by an empty one", async () => {
  for (const member of ["owner", "environment"]) {
    const detail = `${member}: is empty`
    expect(await vault.refusal("key.generate", { name: "new", ...kind, [member]: "" })).toMatchObject({ detail })
    expect(await vault.refusal("key.set", { name: "there", [member]: "" })).toMatchObject({ detail })
  }
})

test.for(unreadable)("with %s nothing is renamed, tagged or labelled", async ([, text, why]) => {
  const detailOf = async (refusal: ReturnType<typeof vault.refusal>) => (await refusal).detail
  expect(await detailOf(vault.refusal("key.set", { name: "there", rename: text }))).toBe(`rename: ${why}`)
  expect(await detailOf(vault.refusal("key.set", { name: "there", addTags: [text] }))).toBe(`addTags.0: ${why}`)
  expect(await detailOf(vault.refusal("key.set", { name: "there", owner: text }))).toBe(`owner: ${why}`)
  expect(await detailOf(vault.refusal("keyring.create", { name: text }))).toBe(`name: ${why}`)
  expect(await detailOf(vault.refusal("seed.generate", { name: text, words: 12 }))).toBe(`name: ${why}`)
  const slot = { newPassphrase: passphrase("x"), label: text }
  expect(await detailOf(vault.refusal("vault.slot.add", slot))).toBe(`label: ${why}`)
  const creation = { path: `${vault.folder}/other.claviger`, passphrase: passphrase(), kdf: lowMemoryKdf, label: text }
  expect(await detailOf(vault.refusal("vault.create", creation))).toBe(`label: ${why}`)
})

test("a name is stored as it was given, or refused for one of these reasons", async () => {
  const name = fc.string({ unit: "binary", minLength: 1, maxLength: 150 }).filter((text) => text.trim() !== "")
  await fc.assert(
    fc.asyncProperty(name, async (text) => {
      const unique = `${text}${crypto.randomUUID()}`
      const reply = await vault.claviger.dispatch("key.generate", { name: unique, ...kind })
      if (!reply.ok) return isUnreadable(unique) && reply.error.code === "INVALID_INPUT"
      return !isUnreadable(unique) && (await vault.ask("key.show", { name: unique })).name === unique
    }),
    { numRuns: 100 },
  )
})

test("a name with anything of the kind anywhere in it is refused", async () => {
  const marks = [0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069, 0x200e, 0x200f, 0x061c]
  const controls = [...Array(0x20).keys(), ...Array.from({ length: 0x21 }, (_, index) => 0x7f + index), 0x2028, 0x2029]
  const mark = fc.constantFrom(...marks, ...controls).map((code) => String.fromCodePoint(code))
  const letters = fc.string({ minLength: 1, maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(letters, mark, letters, async (before, character, after) => {
      const { code } = await vault.refusal("key.generate", { name: `${before}${character}${after}`, ...kind })
      return code === "INVALID_INPUT"
    }),
    { numRuns: 300 },
  )
})

test.for(unreadable)("a name with %s that is there from before is found, shown and changed", async ([, text]) => {
  using old = await TestVault.create()
  await old.generate("old")
  await inStore(old, ({ journal, keys }) =>
    journal.record(() => {
      const before = keys.find("old")
      if (before === null) throw new Error("the key is there")
      const key = { ...before, name: text, owner: text, tags: [text] }
      keys.update(before, key)
      return { entry: { action: "key.set", target: text, key, detail: {} }, result: undefined }
    }),
  )
  await old.unlock()
  expect(await old.ask("key.show", { name: text })).toMatchObject({ name: text, owner: text, tags: [text] })
  expect((await old.ask("key.list", {})).keys).toMatchObject([{ name: text }])
  await old.ask("key.set", { name: text, removeTags: [text] })
  await old.ask("key.set", { name: text, rename: "new" })
  expect(await old.ask("key.show", { name: "new" })).toMatchObject({ owner: text, tags: [] })
  expect(await old.ask("vault.verify", {})).toMatchObject({ ok: true })
})

/** Said once more, character by character. */
function isUnreadable(text: string): boolean {
  if (text !== text.trim()) return true
  return [...text].some((character) => {
    const code = character.codePointAt(0) ?? 0
    const isControl = code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029
    const isMark = code === 0x061c || code === 0x200e || code === 0x200f
    return isControl || isMark || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)
  })
}
