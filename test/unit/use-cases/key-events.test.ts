import { afterEach, beforeEach, expect, test } from "vitest"
import type { RequestOf } from "../../../preload/contract/index.ts"
import { TestVault, utf8 } from "../../support/vaults.ts"

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create()
  await vault.generate("ann 1", { owner: "ann", environment: "production" })
  await vault.generate("ann 2", { owner: "ann", algorithm: "ed25519", purpose: "signature" })
  await vault.generate("bob 1", { owner: "bob", environment: "production" })
})
afterEach(async () => {
  expect(vault.bugs).toEqual([])
  expect((await vault.ask("vault.verify", {})).problems).toEqual([])
  vault[Symbol.dispose]()
})

const departed = { kind: "owner-departed", owner: "ann", reason: "left the company" } as const

test("when somebody leaves, the rotation of each key of theirs begins, and is followed as one thing", async () => {
  const { event, notStarted } = await vault.ask("event.raise", departed)
  expect(notStarted).toEqual([])
  expect(event).toMatchObject({ counts: { toRotate: 0, rotating: 2, rotated: 0, ended: 0 } })
  const { rotations } = await vault.ask("rotation.list", {})
  expect(rotations.map(({ name }) => name)).toEqual(["ann 1", "ann 2"])
  await vault.ask("key.destroy", { name: "ann 2", reason: "nobody needs it", confirmed: true })
  for (const _ of ["test", "switch"]) await vault.ask("rotation.advance", { name: "ann 1" })
  await vault.ask("rotation.rollback", { name: "ann 1", reason: "a mistake" })
  expect((await vault.ask("event.show", { id: event.id })).keys).toEqual([
    { name: "ann 1", status: "to-rotate" },
    { name: "ann 2", status: "ended" },
  ])
  await vault.ask("key.rotate", { name: "ann 1" })
  expect((await vault.ask("event.show", { id: event.id })).counts).toEqual({
    toRotate: 0,
    rotating: 0,
    rotated: 1,
    ended: 1,
  })
})

test("a dry run tells which keys would be touched, and touches none", async () => {
  const { event } = await vault.ask("event.raise", { ...departed, dryRun: true })
  expect(event.keys).toEqual([
    { name: "ann 1", status: "to-rotate" },
    { name: "ann 2", status: "to-rotate" },
  ])
  expect(await vault.ask("event.list", {})).toEqual({ events: [] })
  expect(await vault.ask("rotation.list", {})).toEqual({ rotations: [] })
})

test.for<readonly [Pick<RequestOf<"event.raise">, "kind" | "environment" | "algorithms" | "keys">, string[]]>([
  [{ kind: "system-decommissioned", environment: "production" }, ["ann 1", "bob 1"]],
  [{ kind: "compliance-change", algorithms: ["ed25519"] }, ["ann 2"]],
  [{ kind: "suspicion", keys: ["bob 1"] }, ["bob 1"]],
])("$0.kind touches the keys that it is about", async ([about, names]) => {
  const { event } = await vault.ask("event.raise", { ...about, reason: "it is so" })
  expect(event.keys.map(({ name }) => name)).toEqual(names)
})

test("a key that can't be made again here is named, and stays to be rotated", async () => {
  const file = utf8("hunter2")
  await vault.ask("key.import", { name: "api", file, format: "raw", algorithm: "secret", owner: "ann" })
  const { event, notStarted } = await vault.ask("event.raise", departed)
  expect(notStarted).toEqual([{ key: "api", why: expect.stringContaining("was imported") }])
  expect(event.counts).toEqual({ toRotate: 1, rotating: 2, rotated: 0, ended: 0 })
  expect((await vault.ask("event.start", { id: event.id })).notStarted).toHaveLength(1)
})

test("an event that is closed is begun no more", async () => {
  const { event } = await vault.ask("event.raise", departed)
  expect(await vault.ask("event.close", { id: event.id, reason: "done" })).toMatchObject({
    closedAt: expect.any(String),
  })
  expect(await vault.refusal("event.start", { id: event.id })).toMatchObject({ code: "STATE_DENIED" })
  expect(await vault.refusal("event.close", { id: event.id, reason: "again" })).toMatchObject({ code: "STATE_DENIED" })
})

test("a key that is suspected must have something left to rotate", async () => {
  await vault.ask("key.destroy", { name: "ann 1", reason: "nobody needs it", confirmed: true })
  const asked = { kind: "suspicion", keys: ["bob 1", "ann 1"], reason: "a strange login" } as const
  const refused = await vault.refusal("event.raise", { ...asked, keys: [...asked.keys] })
  expect(refused).toEqual({ code: "STATE_DENIED", detail: "ann 1 is destroyed" })
})

test("what it is about must be said, and must touch something", async () => {
  const refused = await vault.refusal("event.raise", { kind: "owner-departed", environment: "production", reason: "x" })
  expect(refused).toEqual({ code: "INVALID_INPUT", detail: "owner: is needed for owner-departed" })
  const nobody = { kind: "owner-departed", owner: "carol", reason: "x" } as const
  expect(await vault.refusal("event.raise", nobody)).toMatchObject({ code: "NOT_FOUND" })
})

test("somebody who has more than a thousand keys leaves as one event", async () => {
  const many = 1050
  for (let index = 0; index < many; index += 1) await vault.generate(`carl ${index}`, { owner: "carl" })
  const { event } = await vault.ask("event.raise", { ...departed, owner: "carl", dryRun: true })
  expect(event.counts).toEqual({ toRotate: many, rotating: 0, rotated: 0, ended: 0 })
})
