import { expect, test, vi } from "vitest"
import { VaultError } from "../../main/domain/vault-error.ts"
import { createDispatch } from "../../main/operations/dispatch.ts"
import { handlersWith } from "../support/handlers.ts"

const keyring = {
  id: "01890a5d-ac96-774b-bcce-b302099a8057",
  name: "a",
  purpose: "general" as const,
  createdAt: "",
  kekVersion: 1,
  keys: 0,
  tokens: [],
}

test.for(["vault.destroy", "constructor", "__proto__", "vault", "key.", ".key", "toString.x", "", 7, null])(
  "%s is no operation",
  async (name) => {
    const dispatch = createDispatch(handlersWith({}), vi.fn())
    expect(await dispatch(name, {})).toEqual({ ok: false, error: { code: "INVALID_INPUT", detail: "operation" } })
  },
)

test("a handler gets its input checked, with the contract's defaults", async () => {
  const list = vi.fn(() => ({ rows: [] }))
  const dispatch = createDispatch(handlersWith({ "audit.list": list }), vi.fn())
  expect(await dispatch("audit.list", { since: "2026-01-01" })).toEqual({ ok: true, result: { rows: [] } })
  expect(list).toHaveBeenCalledWith({ since: "2026-01-01T00:00:00.000Z", limit: 100 })
})

test("a field the contract does not name never leaves main", async () => {
  const leaky = { ...keyring, kek: "do not leak" }
  const dispatch = createDispatch(handlersWith({ "keyring.create": () => leaky }), vi.fn())
  expect(await dispatch("keyring.create", { name: "a" })).toEqual({ ok: true, result: keyring })
})

test.for([
  [{}, "name: is missing"],
  [{ name: 7 }, "name: is not of type string"],
  [{ name: " " }, "name: is empty or holds a NUL"],
  [{ name: "x".repeat(201) }, "name: is longer than 200 characters"],
  [{ name: "a", kek: "SECRET" }, "input: holds a field that is not known"],
  ["SECRET", "input: is not of type object"],
] as const)("%j is refused, saying where", async ([input, detail]) => {
  const create = vi.fn()
  const dispatch = createDispatch(handlersWith({ "keyring.create": create }), vi.fn())
  expect(await dispatch("keyring.create", input)).toEqual({ ok: false, error: { code: "INVALID_INPUT", detail } })
  expect(create).not.toHaveBeenCalled()
})

test.for([
  ["key.generate", { name: "a", algorithm: "aes-512" }, /^algorithm: is not one of: aes-128, /],
  ["key.generate", { name: "a", algorithm: "aes-256", rotateEvery: "soon" }, /^rotateEvery: is not a duration/],
  ["audit.list", { limit: 0 }, /^limit: is too small: the least is 1$/],
  ["audit.list", { limit: 1e9 }, /^limit: is too large: the most is 10000$/],
  ["vault.kdf", { passphrase: new Uint8Array(0), kdf: "auto" }, /^passphrase: is not 1 to 1024 bytes long$/],
  [
    "key.export",
    { name: "a", format: "jwk", protection: { kind: "encrypted", passphrase: new Uint8Array(0) } },
    /^protection\.passphrase: is not 1 to 1024 bytes long$/,
  ],
  ["key.export", { name: "a", format: "jwk", protection: "none" }, /^protection: is not of a form/],
] as const)("%s with %j names the field and what it should be", async ([name, input, detail]) => {
  const dispatch = createDispatch(handlersWith({}), vi.fn())
  expect(await dispatch(name, input)).toMatchObject({
    error: { code: "INVALID_INPUT", detail: expect.stringMatching(detail) },
  })
})

test("a failure leaves as its code and detail", async () => {
  const refuse = () => {
    throw new VaultError("NOT_FOUND", "a keyring named x")
  }
  const dispatch = createDispatch(handlersWith({ "keyring.rotate": refuse }), vi.fn())
  const error = { code: "NOT_FOUND", detail: "a keyring named x" }
  expect(await dispatch("keyring.rotate", { name: "x" })).toEqual({ ok: false, error })
})

test("an output that breaks the contract is a bug, told to our log only", async () => {
  const reportBug = vi.fn()
  const dispatch = createDispatch(handlersWith({ "keyring.create": () => ({ ...keyring, keys: 0.5 }) }), reportBug)
  const reply = await dispatch("keyring.create", { name: "a" })
  expect(reply).toEqual({ ok: false, error: { code: "INTERNAL", reference: expect.any(String) } })
  expect(reportBug).toHaveBeenCalledOnce()
})
