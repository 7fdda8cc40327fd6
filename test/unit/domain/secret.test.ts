import { expect, test } from "vitest"
import { Secret } from "../../../main/domain/secret.ts"

test("a secret is wiped at the end of its block, however it ends", () => {
  const [first, second] = [new Uint8Array([1, 2, 3]), new Uint8Array([4, 5, 6])]
  {
    using secret = new Secret(first)
    expect(secret.bytes).toBe(first)
  }
  expect(() => {
    using _ = new Secret(second)
    throw new Error("half-way")
  }).toThrow("half-way")
  expect([...first, ...second]).toEqual([0, 0, 0, 0, 0, 0])
})

test("a copy is wiped without the original", () => {
  const bytes = new Uint8Array([1, 2, 3])
  const copy = Secret.copyOf(bytes)
  copy[Symbol.dispose]()
  expect([...copy.bytes]).toEqual([0, 0, 0])
  expect([...bytes]).toEqual([1, 2, 3])
})

test("a secret's bytes do not show when it is put into a text", () => {
  const secret = new Secret(new Uint8Array([115, 51, 99]))
  expect(String(secret)).not.toContain("115")
})
