import { afterEach, beforeEach, expect, test } from "vitest"
import type { RequestOf } from "../../../preload/contract/index.ts"
import { TestVault, utf8 } from "../../support/vaults.ts"

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create()
})

afterEach(() => vault[Symbol.dispose]())

type Wanted = Pick<RequestOf<"key.import">, "algorithm">

const bytes = (octet: number) => new Uint8Array(32).fill(octet)
const take = async (name: string, file: Uint8Array<ArrayBuffer>, { algorithm = "aes-256" }: Wanted = {}) =>
  (await vault.ask("key.import", { name, file, format: "raw", algorithm })).warnings

test("a symmetric key that is here already is taken, and the one that is there is named", async () => {
  expect(await take("first", bytes(1))).toEqual([])
  expect(await take("other", bytes(2))).toEqual([])
  expect(await take("second", bytes(1))).toEqual(["the same key is here already, named first"])
})

test("bytes that are a key of another algorithm, or a secret, are the same key", async () => {
  const text = () => utf8("0123456789abcdef0123456789abcdef")
  expect(await take("token", text(), { algorithm: "secret" })).toEqual([])
  for (const algorithm of ["hmac-sha256", "chacha20-poly1305"] as const) {
    expect(await take(algorithm, text(), { algorithm })).toEqual(["the same key is here already, named token"])
  }
})

test("a version that was replaced is still here; one that was destroyed is not", async () => {
  await take("first", bytes(1))
  await vault.ask("key.rotate", { name: "first" })
  expect(await take("second", bytes(1))).toEqual(["the same key is here already, named first"])
  await vault.ask("key.destroy", { name: "first", reason: "x", confirmed: true })
  await vault.ask("key.destroy", { name: "second", reason: "x", confirmed: true })
  expect(await take("third", bytes(1))).toEqual([])
})

test("a key that was here before the vault was opened is found, and by the name that it has now", async () => {
  await take("first", bytes(1))
  vault.lock()
  await vault.unlock()
  await vault.ask("key.set", { name: "first", rename: "renamed" })
  expect(await take("second", bytes(1))).toEqual(["the same key is here already, named renamed"])
})

test("what a group that was undone had taken is not here, and what came in its place is", async () => {
  await take("first", bytes(1))
  vault.claviger.group.begin()
  await take("undone", bytes(2))
  await take("undone too", bytes(2))
  vault.claviger.group.rollback()
  await take("second", bytes(3))
  expect(await take("third", bytes(2))).toEqual([])
  expect(await take("fourth", bytes(3))).toEqual(["the same key is here already, named second"])
  expect(await take("fifth", bytes(1))).toEqual(["the same key is here already, named first"])
})
