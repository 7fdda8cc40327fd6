import { afterEach, beforeEach, expect, test } from "vitest"
import { TestVault } from "../../support/vaults.ts"

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create()
  for (const name of ["root", "leaf", "other"]) await vault.generate(name)
})

afterEach(() => vault[Symbol.dispose]())

const relate = (name: string, kind: "protects" | "wraps" | "depends-on", other: string, remove = false) =>
  vault.ask("key.relate", { name, kind, other, remove })

const destroying = (name: string) => ({ name, reason: "x", confirmed: true })

test("a relation is seen from both ends", async () => {
  expect((await relate("root", "wraps", "leaf")).relations).toEqual([{ kind: "wraps", direction: "to", key: "leaf" }])
  const { relations } = await vault.ask("key.show", { name: "leaf" })
  expect(relations).toEqual([{ kind: "wraps", direction: "from", key: "root" }])
})

test("a relation that is made twice is one relation; kinds stand side by side", async () => {
  await relate("root", "wraps", "leaf")
  await relate("root", "wraps", "leaf")
  expect((await relate("root", "protects", "leaf")).relations).toHaveLength(2)
})

test("a relation follows a key that is renamed", async () => {
  await relate("root", "wraps", "leaf")
  await vault.ask("key.set", { name: "leaf", rename: "twig" })
  expect((await vault.ask("key.show", { name: "root" })).relations).toMatchObject([{ key: "twig" }])
})

test("a key bears no relation to itself, nor to one that is not there", async () => {
  const self = { name: "root", kind: "wraps", other: "root" } as const
  expect(await vault.refusal("key.relate", self)).toMatchObject({ code: "INVALID_INPUT" })
  expect(await vault.refusal("key.relate", { ...self, other: "nobody" })).toMatchObject({ code: "NOT_FOUND" })
  expect(await vault.refusal("key.relate", { ...self, other: "leaf", remove: true })).toMatchObject({
    code: "NOT_FOUND",
  })
})

const needs = [
  ["wraps", "root", "leaf"],
  ["protects", "root", "leaf"],
  ["depends-on", "leaf", "root"],
] as const

test.for(needs)("a key that another needs (%s) is not destroyed, and that one is named", async ([kind, from, to]) => {
  await relate(from, kind, to)
  const { code, detail } = await vault.refusal("key.destroy", destroying("root"))
  expect(code).toBe("POLICY_DENIED")
  expect(detail).toBe("needed-by-others: root is needed by leaf")
  expect(await vault.ask("key.show", { name: "root" })).toMatchObject({ state: "active" })
})

test.for(needs)("a key is destroyed (%s) once the relation is taken back", async ([kind, from, to]) => {
  await relate(from, kind, to)
  await relate(from, kind, to, true)
  await vault.ask("key.destroy", destroying("root"))
})

test.for(needs)("a key is destroyed (%s) once the one that needs it is", async ([kind, from, to]) => {
  await relate(from, kind, to)
  await vault.ask("key.destroy", destroying("leaf"))
  await vault.ask("key.destroy", destroying("root"))
})

test("a destroyed key enters no new relation, and leaves an old one", async () => {
  await relate("leaf", "depends-on", "root")
  await vault.ask("key.destroy", destroying("leaf"))
  for (const [name, other] of [
    ["leaf", "other"],
    ["other", "leaf"],
  ] as const) {
    const refusal = await vault.refusal("key.relate", { name, kind: "wraps", other })
    expect(refusal).toMatchObject({ code: "STATE_DENIED", detail: "leaf is destroyed" })
  }
  expect((await relate("leaf", "depends-on", "root", true)).relations).toEqual([])
})

test("whom a key needs may go before it", async () => {
  await relate("leaf", "depends-on", "root")
  await vault.ask("key.destroy", destroying("leaf"))
})

test("the refusal is in the log", async () => {
  await relate("root", "wraps", "leaf")
  await vault.refusal("key.destroy", destroying("root"))
  const { rows } = await vault.ask("audit.list", { action: "key.destroy" })
  expect(rows).toMatchObject([{ target: "root", outcome: "denied", detail: { code: "POLICY_DENIED" } }])
})
