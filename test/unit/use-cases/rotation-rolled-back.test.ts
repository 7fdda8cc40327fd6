import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { RotatingVault } from "../../support/rotating-vault.ts"
import type { TestVault } from "../../support/vaults.ts"

const day = 86_400_000
const beginning = Date.UTC(2026, 0, 1)

let rotating: RotatingVault
let vault: TestVault

beforeEach(async () => {
  rotating = await RotatingVault.create(beginning)
  vault = rotating.vault
})
afterEach(async () => {
  expect(vault.bugs).toEqual([])
  expect((await vault.ask("vault.verify", {})).problems).toEqual([])
  vault[Symbol.dispose]()
})

describe("a rotation that is rolled back", () => {
  const reason = "clients were not ready"

  test.for(["made", "tested"] as const)("when it is %s destroys the new version, which did no work", async (phase) => {
    await vault.generate("app", { rotateEvery: "90d" })
    await vault.ask("rotation.start", { name: "app" })
    if (phase === "tested") await rotating.advance()
    expect(await vault.ask("rotation.rollback", { name: "app", reason })).toEqual({
      name: "app",
      currentVersion: 1,
      undone: phase,
    })
    expect(await rotating.states()).toEqual(["1 active", "2 destroyed"])
    expect((await vault.ask("rotation.start", { name: "app" })).toVersion).toBe(3)
  })

  test("after the switch gives the work back, and both versions decrypt what they encrypted", async () => {
    await vault.generate("app", { rotateEvery: "90d" })
    const before = await rotating.encrypted("before")
    vault.at = beginning + day
    await vault.ask("rotation.start", { name: "app" })
    await rotating.advance()
    await rotating.advance()
    const between = await rotating.encrypted("between")
    await vault.ask("rotation.rollback", { name: "app", reason })
    expect(await rotating.states()).toEqual(["1 active", "2 deactivated"])
    expect(await vault.ask("key.show", { name: "app" })).toMatchObject({
      currentVersion: 1,
      nextRotationAt: "2026-04-01T00:00:00.000Z",
    })
    expect((await rotating.encrypted("after")).toString()).toContain(":1:")
    expect([await rotating.decrypted(before), await rotating.decrypted(between)]).toEqual(["before", "between"])
    expect(await vault.refusal("rotation.rollback", { name: "app", reason })).toMatchObject({ code: "NOT_FOUND" })
  })

  test("of a key that was destroyed meanwhile is merely over", async () => {
    await rotating.switched()
    await vault.ask("key.destroy", { name: "app", reason: "no longer needed", confirmed: true })
    await vault.ask("rotation.rollback", { name: "app", reason })
    expect(await vault.ask("rotation.list", {})).toEqual({ rotations: [] })
    expect(await rotating.states()).toEqual(["1 destroyed", "2 destroyed"])
  })

  test.for([
    ["key.compromise", "2 compromised"],
    ["key.suspend", "2 suspended"],
  ] as const)("gives the work back to the old version when only the new one met %s", async ([operation, after]) => {
    await rotating.switched()
    await vault.ask(operation, { name: "app", version: 2, reason: "leaked" })
    expect(await vault.ask("rotation.rollback", { name: "app", reason })).toMatchObject({ currentVersion: 1 })
    expect(await rotating.states()).toEqual(["1 active", after])
    expect((await vault.ask("key.show", { name: "app" })).state).toBe("active")
    expect((await rotating.encrypted("after")).toString()).toContain(":1:")
  })

  test.for([
    ["rotate", 2],
    ["destroy", 0],
  ] as const)("is done by nobody alone where the policy wants that for %s", async ([act, steps]) => {
    await vault.generate("app")
    await vault.ask("rotation.start", { name: "app" })
    for (let step = 0; step < steps; step += 1) await rotating.advance()
    const before = await rotating.states()
    await vault.ask("keyring.policy", { name: "personal", set: { profile: "personal", approvals: [act] } })
    expect(await vault.refusal("rotation.rollback", { name: "app", reason })).toMatchObject({
      code: "APPROVAL_REQUIRED",
    })
    expect(await rotating.states()).toEqual(before)
  })

  test("sets no date for a key that has no schedule any more", async () => {
    await rotating.switched()
    await vault.ask("key.set", { name: "app", rotateEvery: null })
    await vault.ask("rotation.rollback", { name: "app", reason })
    expect((await vault.ask("key.show", { name: "app" })).nextRotationAt).toBeNull()
  })

  test("can't be when the old version was destroyed meanwhile", async () => {
    await rotating.switched()
    await vault.ask("key.compromise", { name: "app", version: 1, reason: "leaked" })
    await vault.ask("key.destroy", { name: "app", version: 1, reason: "leaked", confirmed: true })
    expect(await vault.refusal("rotation.rollback", { name: "app", reason })).toEqual({
      code: "STATE_DENIED",
      detail: "version 1 of app is destroyed",
    })
    vault.at = beginning + 31 * day
    expect(await rotating.advance("app", true)).toBe("retire")
    expect(await rotating.states()).toEqual(["1 destroyed", "2 active"])
  })
})
