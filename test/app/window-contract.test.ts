import { expect, test } from "vitest"
import { z } from "zod"
import { pathFields } from "../../main/ipc/granted-paths.ts"
import { contract } from "../../preload/contract/index.ts"
import type { Operation } from "../../preload/contract/operation.ts"
import { operationsOfWindow } from "../../preload/contract/operations-of-window.ts"
import { isReauthenticated } from "../../preload/contract/reauthentication.ts"
import { Bytes, Path } from "../../preload/contract/values.ts"
import { windowOperations } from "../../preload/contract/window.ts"

const ofVault = operationsOfWindow.map((name): [string, Operation] => [name, contract[name]])
const everything: [string, Operation][] = [...ofVault, ...Object.entries(windowOperations)]

/** The schemas inside a schema, each with the names on the way to it. */
function* partsOf(schema: unknown, path: string[] = []): Generator<{ path: string[]; part: unknown }> {
  yield { path, part: schema }
  if (schema instanceof z.ZodObject) {
    for (const [name, inner] of Object.entries(schema.shape)) yield* partsOf(inner, [...path, name])
  }
  if (schema instanceof z.ZodArray) yield* partsOf(schema.element, path)
  if (schema instanceof z.ZodUnion) for (const option of schema.options) yield* partsOf(option, path)
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    yield* partsOf(schema.unwrap(), path)
  }
}

test("of what the page can get, only these fields are bytes, and so can carry a secret", () => {
  const carriers = everything.flatMap(([name, { output }]) =>
    [...partsOf(output)].filter(({ part }) => part === Bytes).map(({ path }) => `${name}: ${path.join(".")}`),
  )
  expect(new Set(carriers)).toEqual(
    new Set([
      "audit.export: exported",
      "key.sign: signature",
      "key.mac: mac",
      "key.decrypt: plaintext",
      "key.datakey: plaintext",
      "seed.reveal: revealed",
      "seed.split: shares",
      "vault.create: recoveryShares",
      "window.suggest-passphrase: suggested",
      "vault.slot.add: recoveryShares",
      "token.objects: objects.id",
      "token.objects: objects.publicKey",
    ]),
  )
})

test("bytes are found in outputs wherever the contract hands out key material", () => {
  const found = [...partsOf(contract["key.export"].output)].some(({ part }) => part === Bytes)
  expect(found).toBe(true)
})

test.for(["key.export", "seed.export", "key.unwrap", "key.derive", "file.decrypt", "seed.child"])(
  "%s, which hands out the vault's secrets, is not for the page",
  (name) => {
    expect(operationsOfWindow).not.toContain(name)
  },
)

test("every field that names a file has to be granted", () => {
  // Forgetting a vault's path, or a library's, touches no file.
  const fields = everything
    .filter(([name]) => name !== "window.forget" && name !== "token.modules.remove")
    .flatMap(([name, { input }]) =>
      [...partsOf(input)].filter(({ part }) => part === Path).map(({ path }) => `${name}: ${path.join(".")}`),
    )
  const guarded = Object.entries(pathFields).flatMap(([name, names]) => names.map((field) => `${name}: ${field}`))
  expect(new Set(fields)).toEqual(new Set(guarded))
})

test("inputs refuse what they don't name", () => {
  const lenient = Object.entries(windowOperations).filter(([, { input }]) => {
    const checked = input.safeParse({ aFieldNobodyKnows: 1 })
    return checked.success || !JSON.stringify(checked.error.issues).includes("unrecognized_keys")
  })
  expect(lenient.map(([name]) => name)).toEqual([])
})

test("whatever of an open vault can carry a secret to the page needs the passphrase again, but for the use of keys", () => {
  const carriers = everything.filter(([, { output }]) => [...partsOf(output)].some(({ part }) => part === Bytes))
  const open = carriers.map(([name]) => name).filter((name) => !isReauthenticated(name))
  // Nothing is open yet when a vault is made.
  const uses = ["key.sign", "key.mac", "key.decrypt", "key.datakey"]
  // What a token shows is public keys, and none of the vault.
  expect(open).toEqual(["vault.create", ...uses, "token.objects", "window.suggest-passphrase"])
})
