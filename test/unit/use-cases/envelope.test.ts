import { afterAll, beforeAll, expect, test } from "vitest"
import type { KeyAlgorithm } from "../../../preload/contract/values.ts"
import { TestVault, utf8 } from "../../support/vaults.ts"

let vault: TestVault

beforeAll(async () => {
  vault = await TestVault.create()
})

afterAll(() => vault[Symbol.dispose]())

const wrappers: readonly (readonly [KeyAlgorithm, "key-wrapping" | "encryption"])[] = [
  ["aes-128", "key-wrapping"],
  ["aes-256", "key-wrapping"],
  ["aes-256", "encryption"],
  ["chacha20-poly1305", "key-wrapping"],
  ["rsa-2048", "key-wrapping"],
]

const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString("hex")

test.for(wrappers)(
  "a data key wrapped by %s (%s) survives a rotation, moves to it, and outlives the old version",
  { timeout: 60_000 },
  async ([algorithm, purpose]) => {
    const name = `${algorithm} for ${purpose}`
    await vault.ask("key.generate", { name, algorithm, purpose })
    const made = await vault.ask("key.datakey", { name, bits: 256 })
    expect(made.plaintext).toHaveLength(32)
    await vault.ask("key.rotate", { name })

    const before = await vault.ask("key.unwrap", { name, wrapped: utf8(made.wrapped) })
    expect([hex(before.plaintext), before.keyVersion]).toEqual([hex(made.plaintext), 1])

    const moved = await vault.ask("key.rewrap", { name, wrapped: utf8(made.wrapped) })
    expect([moved.fromVersion, moved.keyVersion]).toEqual([1, 2])
    expect(JSON.stringify(moved)).not.toContain(Buffer.from(made.plaintext ?? []).toString("base64url"))

    await vault.ask("key.trim", { name, below: 2, confirmed: true })
    const old = await vault.refusal("key.unwrap", { name, wrapped: utf8(made.wrapped) })
    expect(old).toEqual({ code: "STATE_DENIED", detail: `version 1 of ${name} is destroyed` })
    const after = await vault.ask("key.unwrap", { name, wrapped: utf8(moved.wrapped) })
    expect([hex(after.plaintext), after.keyVersion]).toEqual([hex(made.plaintext), 2])

    const { rows } = await vault.ask("audit.list", { key: name })
    expect(rows.map(({ action }) => action)).toEqual([
      "key.generate",
      "key.datakey",
      "key.rotate",
      "key.unwrap",
      "key.rewrap",
      "key.trim",
      "key.unwrap",
      "key.unwrap",
    ])
  },
)

test.for([128, 192, 256, 384, 512] as const)("a data key of %i bits has as many", async (bits) => {
  await vault.ask("key.generate", { name: `for ${bits}`, algorithm: "aes-256", purpose: "key-wrapping" })
  const { plaintext, wrapped } = await vault.ask("key.datakey", { name: `for ${bits}`, bits })
  expect(plaintext).toHaveLength(bits / 8)
  const unwrapped = await vault.ask("key.unwrap", { name: `for ${bits}`, wrapped: utf8(wrapped) })
  expect(hex(unwrapped.plaintext)).toBe(hex(plaintext))
})

test("a data key that is asked for wrapped only is not shown", async () => {
  await vault.ask("key.generate", { name: "discreet", algorithm: "aes-256", purpose: "key-wrapping" })
  const made = await vault.ask("key.datakey", { name: "discreet", wrappedOnly: true })
  expect(Object.keys(made).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(["keyId", "keyVersion", "wrapped"])
})

test("a token opens with its own key, at its own version, in its own vault", async () => {
  for (const name of ["one", "two"])
    await vault.ask("key.generate", { name, algorithm: "aes-256", purpose: "key-wrapping" })
  const { wrapped, keyId } = await vault.ask("key.datakey", { name: "one" })
  const { id: other } = await vault.ask("key.show", { name: "two" })
  const unwrap = async (name: string, token: string) => {
    const reply = await vault.claviger.dispatch("key.unwrap", { name, wrapped: utf8(token) })
    return reply.ok ? "ok" : reply.error.code
  }
  expect(await unwrap("one", wrapped)).toBe("ok")
  expect(await unwrap("one", ` ${wrapped}\n`)).toBe("ok")
  expect(await unwrap("two", wrapped)).toBe("INVALID_INPUT")
  expect(await unwrap("two", wrapped.replace(keyId, other))).toBe("INTEGRITY_FAILED")
  await vault.ask("key.rotate", { name: "one" })
  expect(await unwrap("one", wrapped.replace(`${keyId}:1:`, `${keyId}:2:`))).toBe("INTEGRITY_FAILED")
  expect(await unwrap("one", wrapped.replace(`${keyId}:1:`, `${keyId}:7:`))).toBe("NOT_FOUND")
})

const malformed: readonly (readonly [what: string, edit: (token: string) => string, code: string])[] = [
  ["empty", () => "", "INVALID_INPUT"],
  ["no token", () => "hello", "INVALID_INPUT"],
  ["of a newer format", (token) => token.replace("claviger:1:", "claviger:2:"), "UNSUPPORTED_VERSION"],
  ["without its payload", (token) => token.replace(/[^:]*$/, ""), "INVALID_INPUT"],
  ["with a version of 0", (token) => token.replace(/:1:([^:]*)$/, ":0:$1"), "INVALID_INPUT"],
  ["with a version of leading zeros", (token) => token.replace(/:1:([^:]*)$/, ":01:$1"), "INVALID_INPUT"],
  ["with padding", (token) => `${token}=`, "INVALID_INPUT"],
  ["in base64 that is not for URLs", (token) => `${token}+/`, "INVALID_INPUT"],
  ["with one more part", (token) => `${token}:x`, "INVALID_INPUT"],
  ["cut off", (token) => token.slice(0, -8), "INTEGRITY_FAILED"],
  ["of nothing but a tag", (token) => token.replace(/[^:]*$/, "AAAA"), "INTEGRITY_FAILED"],
  [
    "changed in its payload",
    (token) => token.replace(/.{6}$/, (end) => (end === "AAAAAA" ? "AAAAAE" : "AAAAAA")),
    "INTEGRITY_FAILED",
  ],
]

test.for(malformed)("a token that is %s is refused", async ([what, edit, code]) => {
  const name = `for a token ${what}`
  await vault.ask("key.generate", { name, algorithm: "aes-256", purpose: "key-wrapping" })
  const { wrapped } = await vault.ask("key.datakey", { name })
  expect(await vault.refusal("key.unwrap", { name, wrapped: utf8(edit(wrapped)) })).toMatchObject({ code })
  expect(vault.bugs).toEqual([])
})

test("the same plaintext encrypts to another token each time", async () => {
  await vault.generate("random")
  const tokens = new Set<string>()
  for (let number = 0; number < 20; number++) {
    tokens.add((await vault.ask("key.encrypt", { name: "random", plaintext: utf8("x") })).ciphertext)
  }
  expect(tokens.size).toBe(20)
})

test("nothing, a byte and a megabyte are encrypted; more is refused; the plaintext is wiped", async () => {
  await vault.generate("sizes")
  for (const size of [0, 1, 1024 * 1024]) {
    const plaintext = new Uint8Array(size).fill(7)
    const { ciphertext } = await vault.ask("key.encrypt", { name: "sizes", plaintext })
    expect(plaintext.every((byte) => byte === 0)).toBe(true)
    const opened = await vault.ask("key.decrypt", { name: "sizes", ciphertext: utf8(ciphertext) })
    expect(opened.plaintext.length).toBe(size)
    expect(opened.plaintext.every((byte) => byte === 7)).toBe(true)
  }
  const plaintext = new Uint8Array(1024 * 1024 + 1)
  expect(await vault.refusal("key.encrypt", { name: "sizes", plaintext })).toMatchObject({ code: "INVALID_INPUT" })
})
