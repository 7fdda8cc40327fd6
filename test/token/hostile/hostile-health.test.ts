import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { type TestVault, utf8 } from "../../support/vaults.ts"
import { userPin } from "../soft-hsm.ts"
import type { HostileModule } from "./hostile-module.ts"
import { isHostileMissing, VaultBesideHostile } from "./vault-beside-hostile.ts"

describe.skipIf(isHostileMissing)("the health of a token whose library misbehaves", () => {
  let beside: VaultBesideHostile
  let hostile: HostileModule
  let vault: TestVault
  let token: string

  beforeAll(async () => {
    beside = await VaultBesideHostile.start()
    ;({ vault, hostile, token } = beside)
    await vault.ask("key.generate", { name: "here", algorithm: "ec-p256", token, pin: utf8(userPin) })
  })

  beforeEach(() => hostile.forgetTries())
  afterEach(() => hostile.behave())

  afterAll(() => {
    expect(vault.bugs).toEqual([])
    beside[Symbol.dispose]()
  })

  const health = async (...faults: readonly string[]) => {
    hostile.fault(...faults)
    const { tokens } = await vault.ask("token.health", { uri: token, pin: utf8(userPin) })
    const [only] = tokens
    if (only === undefined) throw new Error("there is no report")
    return only
  }

  test.for([
    ["C_GenerateRandom zeros", "answers", /^its random numbers repeat$/],
    ["C_GenerateRandom same", "answers", /^its random numbers repeat$/],
    ["C_GenerateRandom hang", "answers", /hangs$/],
    ["C_GenerateRandom segv", "answers", /ended: SIGSEGV$/],
    ["C_GenerateRandom removed", "answers", /CKR_DEVICE_REMOVED$/],
    ["C_Sign garbage", "self-test", /^here: it gave a signature that is not the key's$/],
    ["C_Sign segv", "self-test", /^here: its module ended: SIGSEGV$/],
    ["C_Sign hang", "self-test", /^here: its module hangs$/],
    ["C_GetTokenInfo final", "user-pin", /^one try is left before it is locked$/],
  ] as const)("%s: fails by %s", async ([fault, check, says]) => {
    const report = await health(fault)
    expect(report.outcome).toBe("failed")
    expect(report.checks).toContainEqual({ check, outcome: "failed", says: expect.stringMatching(says) })
  })

  test("what failed before is told as errors, and the next check is well again", async () => {
    await health("C_Sign garbage", "C_GenerateRandom segv")
    const after = await health()
    expect(after.errors).toBe(1)
    expect(after.checks).toContainEqual(expect.objectContaining({ check: "self-test", outcome: "ok" }))
    expect((await health()).errors).toBe(0)
  })

  test("a PIN that is wrong is sent once", async () => {
    hostile.behave()
    await vault.refusal("token.health", { uri: token, pin: utf8("000000") })
    expect(hostile.tries).toEqual(["C_Login"])
  })

  test("by itself it sends none", async () => {
    await vault.ask("vault.lock", {})
    await vault.unlock()
    hostile.forgetTries()
    await vault.ask("token.health", { cause: "schedule" })
    expect(hostile.tries).toEqual([])
  })
})
