import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { parseTokenUri } from "../../../main/domain/token-uri.ts"
import { type Refusal, type TestVault, utf8 } from "../../support/vaults.ts"
import { soPin, userPin } from "../soft-hsm.ts"
import type { HostileModule } from "./hostile-module.ts"
import { isHostileMissing, VaultBesideHostile } from "./vault-beside-hostile.ts"

describe.skipIf(isHostileMissing)("a library that misbehaves", () => {
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

  const sign = () => vault.ask("key.sign", { name: "here", message: utf8("a message"), pin: utf8(userPin) })
  const generate = (name: string) =>
    vault.refusal("key.generate", { name, algorithm: "ec-p256", token, pin: utf8(userPin) })

  async function failureOf(act: () => Promise<unknown>) {
    try {
      await act()
    } catch (error) {
      return (error as Refusal).failure
    }
    throw new Error("it did not fail")
  }

  test.for([
    ["C_Sign hang", "TOKEN_ERROR", /hangs/],
    ["C_Sign segv", "TOKEN_ERROR", /ended: SIGSEGV/],
    ["C_Sign abort", "TOKEN_ERROR", /ended: SIGABRT/],
    ["C_Sign exit", "TOKEN_ERROR", /ended: status 0/],
    ["C_Sign garbage", "TOKEN_ERROR", /a signature that is not the key's/],
    ["C_Sign empty", "TOKEN_ERROR", /wrong length/],
    ["C_Sign oversize", "TOKEN_ERROR", /./],
    ["C_Sign unknown", "TOKEN_ERROR", /./],
    ["C_Sign session", "TOKEN_ERROR", /forgotten the session/],
    ["C_Sign removed", "TOKEN_ABSENT", /CKR_DEVICE_REMOVED/],
    ["C_FindObjects hang", "TOKEN_ERROR", /hangs/],
    ["C_FindObjects segv", "TOKEN_ERROR", /ended: SIGSEGV/],
    ["C_FindObjects abort", "TOKEN_ERROR", /ended: SIGABRT/],
    ["C_FindObjects exit", "TOKEN_ERROR", /ended: status 0/],
    ["C_FindObjects many", "TOKEN_ERROR", /more than 10000 objects/],
    // What lies behind the memory that it had: pkcs11js reads it, and may end by that.
    ["C_FindObjects overrun", "TOKEN_ERROR", /more objects than it was asked for|ended: /],
    ["C_GetAttributeValue segv", "TOKEN_ERROR", /ended: SIGSEGV/],
    ["C_Login segv", "TOKEN_ERROR", /ended: SIGSEGV/],
    ["C_Login hang", "TOKEN_ERROR", /hangs/],
    ["C_Login accept", "TOKEN_ERROR", /logged nobody in/],
    ["C_GetSlotList many", "TOKEN_ERROR", /100000 slots/],
  ] as const)("%s: signing fails with %s, and the next time it works", async ([fault, code, detail]) => {
    hostile.fault(fault)
    const failure = await failureOf(sign)
    expect(failure).toMatchObject({ code, detail: expect.stringMatching(detail) })
    hostile.behave()
    expect(await sign()).toMatchObject({ mechanism: "ecdsa-sha256" })
  })

  test.for([
    "C_GenerateKeyPair segv",
    "C_GenerateKeyPair hang",
    "C_Sign segv",
    "C_Sign garbage",
    "C_GetAttributeValue insensitive",
    "C_GetAttributeValue extractable",
    "C_GetAttributeValue wrapping",
    "C_GetAttributeValue leaking",
    "C_GetAttributeValue oversize",
    "C_GetAttributeValue garbage",
  ])("%s: no key is made, and none is in the inventory", async (fault) => {
    hostile.fault(fault)
    expect(await generate("lost")).toMatchObject({ code: "TOKEN_ERROR" })
    hostile.behave()
    expect(await vault.refusal("key.show", { name: "lost" })).toMatchObject({ code: "NOT_FOUND" })
    await sign()
  })

  test.for(["C_Sign garbage", "C_GetAttributeValue insensitive", "C_GetAttributeValue garbage"])(
    "%s: what was made all the same is removed from the token",
    async (fault) => {
      hostile.fault(fault)
      await generate("removed")
      hostile.behave()
      const { objects } = await vault.ask("token.objects", { uri: token, pin: utf8(userPin) })
      expect(objects.map(({ label }) => label)).not.toContain("removed")
    },
  )

  test("what it does wrongly is in the log as failed, with the reason, and with the key that it was about", async () => {
    hostile.fault("C_Sign garbage")
    await failureOf(sign)
    hostile.behave()
    const { rows } = await vault.ask("audit.list", { key: "here", limit: 500 })
    expect(rows.at(-1)).toMatchObject({
      action: "key.sign",
      outcome: "failed",
      detail: { code: "TOKEN_ERROR", rule: "it gave a signature that is not the key's" },
    })
  })

  test("a token without room for another key says so", async () => {
    hostile.fault("C_GenerateKeyPair full")
    expect(await generate("one-too-many")).toMatchObject({
      code: "TOKEN_ERROR",
      detail: expect.stringContaining("there is no more room in it"),
    })
  })

  test("a reader with keys of its own asks for the PIN itself, and whoever types it has time", async () => {
    hostile.fault("C_GetTokenInfo pinpad", "C_Login typed")
    await vault.ask("vault.lock", {})
    await vault.unlock()
    expect(await vault.ask("token.show", { uri: token })).toMatchObject({ hasPinPad: true })
    expect(await vault.ask("key.sign", { name: "here", message: utf8("m") })).toMatchObject({ keyVersion: 1 })
  })

  test("a weak key, as chips with ROCA made them, is told of, and removed again", async () => {
    hostile.fault("C_GetAttributeValue weak")
    const asked = { name: "weak", algorithm: "rsa-2048", token, pin: utf8(userPin) } as const
    expect(await vault.refusal("key.generate", asked)).toMatchObject({
      code: "TOKEN_ERROR",
      detail: expect.stringMatching(/^the key that it made is weak, and was removed again: /),
    })
    hostile.behave()
    const { objects } = await vault.ask("token.objects", { uri: token, pin: utf8(userPin) })
    expect(objects.map(({ label }) => label)).not.toContain("weak")
  })

  test("a key that the library only says it has deleted is not destroyed, and no certificate says so", async () => {
    await vault.ask("key.generate", { name: "undead", algorithm: "ec-p256", token, pin: utf8(userPin) })
    const destroy = () => ({ name: "undead", reason: "test", confirmed: true, pin: utf8(userPin) })
    hostile.fault("C_DestroyObject lie")
    expect(await vault.refusal("key.destroy", destroy())).toMatchObject({ code: "TOKEN_ERROR", detail: /still has it/ })
    hostile.behave()
    expect(await vault.ask("key.show", { name: "undead" })).toMatchObject({ state: "active" })
    await vault.ask("key.destroy", destroy())
  })

  test("a key that is not seen for want of a login is not taken for gone", async () => {
    hostile.fault("C_Login accept")
    const destroy = { name: "here", reason: "test", confirmed: true, pin: utf8("000000") }
    expect(await vault.refusal("key.destroy", destroy)).toMatchObject({ code: "TOKEN_ERROR" })
  })

  test.for([
    "C_Initialize hang",
    "C_Initialize segv",
    "C_Initialize abort",
    "C_Initialize exit",
    "C_GetFunctionList null",
    "C_GetSlotList many",
    "C_GetMechanismList many",
  ])("%s: the library is told to fail, and the others work", async (fault) => {
    await vault.ask("token.modules.remove", { path: hostile.path })
    hostile.fault(fault)
    await vault.ask("token.modules.add", { path: hostile.path })
    const { modules } = await vault.ask("token.modules", {})
    expect(modules.find(({ path }) => path === hostile.path)).toMatchObject({ reason: expect.any(String) })
    expect(modules.find(({ name }) => name === "SoftHSM")).toMatchObject({ state: "usable" })
    const { tokens } = await vault.ask("token.list", {})
    expect(tokens.filter(({ label }) => label === "work")).toHaveLength(1)
    hostile.behave()
    await sign()
  })

  test("a token that does not tell what it can do leaves its library usable", async () => {
    hostile.fault("C_GetMechanismList removed")
    const { modules } = await vault.ask("token.modules", {})
    expect(modules.find(({ path }) => path === hostile.path)).toMatchObject({ state: "usable", mechanisms: [] })
  })

  describe("a PIN", () => {
    const another = { uri: "", soPin: utf8(soPin), newPin: utf8(userPin) }

    test("that is wrong is sent once", async () => {
      const asked = { name: "here", message: utf8("m"), pin: utf8("000000") }
      expect(await vault.refusal("key.sign", asked)).toMatchObject({ code: "PIN_INCORRECT" })
      expect(hostile.tries).toEqual(["C_Login"])
    })

    test("that is wrong is answered with what the token says of the tries that are left", async () => {
      const refusal = () => vault.refusal("key.sign", { name: "here", message: utf8("m"), pin: utf8("000000") })
      expect(await refusal()).toMatchObject({ detail: expect.stringMatching(/: not many tries are left$/) })
      hostile.fault("C_GetTokenInfo final")
      expect(await refusal()).toMatchObject({ detail: expect.stringMatching(/: one try is left$/) })
    })

    test("that is locked is a denial in the log, and so is a wrong one", async () => {
      hostile.fault("C_Login locked")
      const locked = { name: "here", message: utf8("m"), pin: utf8(userPin) }
      expect(await vault.refusal("key.sign", locked)).toMatchObject({ code: "PIN_LOCKED" })
      hostile.behave()
      await vault.refusal("key.sign", { name: "here", message: utf8("m"), pin: utf8("000000") })
      const { rows } = await vault.ask("audit.list", { key: "here", limit: 500 })
      const denied = rows.filter(({ outcome }) => outcome === "denied").map(({ detail }) => JSON.stringify(detail))
      expect(denied).toEqual(
        expect.arrayContaining([expect.stringContaining("PIN_LOCKED"), expect.stringContaining("PIN_INCORRECT")]),
      )
    })

    test("is not sent again by itself once it was wrong", async () => {
      await vault.refusal("key.sign", { name: "here", message: utf8("m"), pin: utf8("000000") })
      hostile.forgetTries()
      expect(await vault.refusal("key.sign", { name: "here", message: utf8("m") })).toMatchObject({
        code: "PIN_INCORRECT",
        detail: "a PIN is needed",
      })
      expect(hostile.tries).toEqual([])
    })

    test("is not sent again after the library crashed", async () => {
      hostile.fault("C_Sign segv")
      await failureOf(sign)
      hostile.behave()
      hostile.forgetTries()
      await vault.refusal("key.sign", { name: "here", message: utf8("m") })
      expect(hostile.tries).toEqual([])
    })

    test.for(["1", "123"])("that is too short to be set is not sent, nor is the SO's: %s", async (short) => {
      const asked = { ...another, uri: token, soPin: utf8(soPin), newPin: utf8(short) }
      expect(await vault.refusal("token.init-pin", asked)).toMatchObject({ code: "INVALID_INPUT" })
      expect(hostile.tries).toEqual([])
    })

    test("of the SO that is wrong is sent once, and nothing is set", async () => {
      const asked = { ...another, uri: token, soPin: utf8("00000000") }
      expect(await vault.refusal("token.init-pin", asked)).toMatchObject({ code: "PIN_INCORRECT" })
      expect(hostile.tries).toEqual(["C_Login"])
    })

    test("is asked for once for many signatures", async () => {
      await sign()
      hostile.forgetTries()
      for (let round = 0; round < 3; round++) await vault.ask("key.sign", { name: "here", message: utf8("m") })
      expect(hostile.tries).toEqual([])
    })
  })

  test("a key says behind which library it is, where that had to be said", async () => {
    const { location } = await vault.ask("key.show", { name: "here" })
    expect(parseTokenUri(location).modulePath).toBe(hostile.path)
  })
})
