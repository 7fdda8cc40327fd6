import { afterEach, beforeEach, expect, test } from "vitest"
import { LockPolicy } from "../../main/app/lock-policy.ts"
import { defaultPreferences } from "../../preload/contract/preferences.ts"
import { TestVault } from "../support/vaults.ts"
import { windowDoorOf } from "../support/window-door.ts"

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create()
})

afterEach(() => vault[Symbol.dispose]())

const strict = () =>
  vault.ask("keyring.policy", { name: "personal", set: { profile: "personal", lock: { afterIdle: 60 } } })

test("a window that sets a longer time than a policy of its vault is refused, and a shorter one is not", async () => {
  await strict()
  const { dispatch } = windowDoorOf(vault)
  expect(await dispatch("window.set", { lockAfterIdle: 300 })).toMatchObject({
    ok: false,
    error: { code: "POLICY_DENIED", detail: expect.stringMatching(/^lock-times: The policy of personal .*60 seconds/) },
  })
  expect(await dispatch("window.set", { lockAfterIdle: 30 })).toMatchObject({ ok: true })
})

test("what policies ask is learnt, and holds no longer than the vault is open", async () => {
  await strict()
  const policy = new LockPolicy(vault.claviger)
  expect((await policy.learn()).afterIdle).toEqual({ seconds: 60, keyring: "personal" })
  expect(policy.within(defaultPreferences)).toEqual({ ...defaultPreferences, lockAfterIdle: 60 })
  vault.lock()
  expect((await policy.learn()).afterIdle).toBeNull()
})
