import { afterAll, beforeAll, expect, test } from "vitest"
import type { RequestOf } from "../../../preload/contract/index.ts"
import type { KeyOrder } from "../../../preload/contract/key.ts"
import { TestVault } from "../../support/vaults.ts"

let vault: TestVault

beforeAll(async () => {
  vault = await TestVault.create({ at: Date.parse("2026-01-01T00:00:00.000Z") })
  for (const keyring of ["archive", "zoo"]) await vault.ask("keyring.create", { name: keyring })
  const keys: Pick<RequestOf<"key.generate">, "name" | "algorithm" | "purpose" | "keyring" | "rotateEvery">[] = [
    { name: "Ärger", algorithm: "aes-256", purpose: "key-wrapping", rotateEvery: "90d" },
    { name: "beta", algorithm: "ed25519", purpose: "signature", keyring: "zoo" },
    { name: 'q"uote', algorithm: "hmac-sha256", purpose: "mac", keyring: "archive", rotateEvery: "30d" },
    { name: "alpha", algorithm: "aes-256", purpose: "encryption", rotateEvery: "30d" },
    { name: "鍵", algorithm: "ec-p256", purpose: "signature", keyring: "zoo" },
  ]
  for (const key of keys) {
    await vault.ask("key.generate", key)
    vault.at = (vault.at ?? 0) + 1000
  }
  await vault.ask("key.suspend", { name: "beta", reason: "x" })
  await vault.ask("key.suspend", { name: "alpha", reason: "x" })
})

afterAll(() => vault[Symbol.dispose]())

async function pages(limit: number, asked: RequestOf<"key.list">): Promise<string[][]> {
  const found: string[][] = []
  let cursor: string | undefined
  do {
    const { keys, next } = await vault.ask("key.list", { ...asked, limit, ...(cursor === undefined ? {} : { cursor }) })
    found.push(keys.map(({ name }) => name))
    cursor = next
  } while (cursor !== undefined)
  return found
}

const orders: readonly (readonly [KeyOrder, readonly string[]])[] = [
  ["name", ["alpha", "beta", 'q"uote', "Ärger", "鍵"]],
  ["created", ["Ärger", "beta", 'q"uote', "alpha", "鍵"]],
  ["algorithm", ["alpha", "Ärger", "鍵", "beta", 'q"uote']],
  ["purpose", ["alpha", "Ärger", 'q"uote', "beta", "鍵"]],
  ["keyring", ['q"uote', "alpha", "Ärger", "beta", "鍵"]],
  ["state", ['q"uote', "Ärger", "鍵", "alpha", "beta"]],
  ["next-rotation", ['q"uote', "alpha", "Ärger", "beta", "鍵"]],
]

test.for(orders)(
  "in the order of %s, alike ones follow by name, and backwards all is turned round",
  async ([order, expected]) => {
    expect((await pages(100, { order })).flat()).toEqual(expected)
    expect((await pages(100, { order, descending: true })).flat()).toEqual(expected.toReversed())
  },
)

test.for(orders)(
  "pages in the order of %s hold every key once, at any size and either way",
  async ([order, expected]) => {
    for (const limit of [1, 2, 3, 4, 5]) {
      for (const descending of [false, true]) {
        const found = await pages(limit, { order, descending })
        expect(found.flat()).toEqual(descending ? expected.toReversed() : expected)
        expect(found).toHaveLength(Math.ceil(expected.length / limit))
      }
    }
  },
)

test("an order holds within filters and searches", async () => {
  expect((await pages(1, { order: "created", descending: true, purpose: "signature" })).flat()).toEqual(["鍵", "beta"])
  expect((await pages(1, { order: "algorithm", state: "suspended", query: "a" })).flat()).toEqual(["alpha"])
})

test.for(["", "alpha", "[]", '["x"]', "[1,2]", '["a","b","c"]', "{}", '[null,"alpha"]'])(
  "%s is no place in an order",
  async (cursor) => {
    expect(await vault.refusal("key.list", { order: "algorithm", cursor })).toMatchObject({ code: "INVALID_INPUT" })
  },
)

test("where more keys fit than are few, pages still hold every key once, in order", async () => {
  using large = await TestVault.create()
  large.claviger.group.begin()
  const count = 2100
  for (let number = 0; number < count; number += 1) {
    const isEvery = number % 7 === 0 ? "seldom" : "usual"
    const purpose = number % 2 === 0 ? "encryption" : "key-wrapping"
    await large.generate(`key ${String((number * 1009) % count).padStart(4, "0")}`, { tags: [isEvery], purpose })
  }
  large.claviger.group.commit()
  for (const asked of [{ query: "key" }, { query: "k 0" }, { state: "active" }, { query: "usual" }] as const) {
    for (const more of [{}, { order: "purpose", descending: true }, { order: "created" }] as const) {
      const whole = (await large.ask("key.list", { ...asked, ...more, limit: 5000 })).keys
      const paged: string[] = []
      let cursor: string | undefined
      do {
        const page = await large.ask("key.list", {
          ...asked,
          ...more,
          limit: 450,
          ...(cursor === undefined ? {} : { cursor }),
        })
        paged.push(...page.keys.map(({ name }) => name))
        cursor = page.next
      } while (cursor !== undefined)
      expect(paged).toEqual(whole.map(({ name }) => name))
    }
  }
  const seldom = (await large.ask("key.list", { query: "seldom key", limit: 5000 })).keys
  expect(seldom).toHaveLength(Math.ceil(count / 7))
})
