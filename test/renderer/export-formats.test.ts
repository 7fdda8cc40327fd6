import { expect, test } from "vitest"
import type { KeyObject } from "../../preload/contract/key-object.ts"
import { formatsFor, kindsFor } from "../../renderer/features/key-actions/export-formats.ts"
import { TestVault } from "../support/vaults.ts"

async function keyOf(algorithm: "secret" | "x25519" | "aes-256"): Promise<KeyObject> {
  using vault = await TestVault.create()
  const made = { name: "key", algorithm, exportable: "yes" } as const
  await vault.ask("key.generate", made)
  return await vault.ask("key.show", { name: "key" })
}

const values = (choices: readonly { readonly value: string }[]) => choices.map(({ value }) => value)

test("a secret may leave under a passphrase, inside an age file, before it may in the clear", async () => {
  const secret = await keyOf("secret")
  expect(values(kindsFor(secret))).toEqual(["encrypted", "plaintext"])
  expect(values(formatsFor(secret, "encrypted"))).toEqual(["age"])
  expect(values(formatsFor(secret, "plaintext"))).toEqual(["raw", "hex"])
})

test("age has a form for the public half of X25519 alone, and for no AES key", async () => {
  expect(values(formatsFor(await keyOf("x25519"), "public"))).toContain("age")
  expect(values(formatsFor(await keyOf("aes-256"), "encrypted"))).toEqual(["jwe"])
})
