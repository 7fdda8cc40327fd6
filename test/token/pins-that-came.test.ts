import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { factoryPinOf, factoryPins } from "../../main/token/factory-pins.ts"
import { isThere } from "../interop/program.ts"
import { TestVault, utf8 } from "../support/vaults.ts"
import { SoftHsm, soPin, userPin } from "./soft-hsm.ts"

test.for(factoryPins.map((known) => ({ ...known })))("$kind $pin is known: $maker", ({ kind, pin, maker }) => {
  expect(factoryPinOf(kind, utf8(pin))).toContain(maker)
})

test.for(["1235", "123457", "12345", "1234567", "1234\0", "9".repeat(255), "1"])("%s is somebody's own", (pin) => {
  expect(factoryPinOf("user", utf8(pin))).toBeNull()
})

test("the PIN of one role is none of the other's", () => {
  expect(factoryPinOf("so", utf8("648219"))).toBeNull()
})

describe.skipIf(!isThere("softhsm2-util"))("a PIN that a token came with", () => {
  const token = "pkcs11:token=work"
  let softHsm: SoftHsm
  let vault: TestVault

  beforeAll(async () => {
    softHsm = new SoftHsm()
    softHsm.token("work")
    vault = await TestVault.create()
  })

  afterAll(() => {
    expect(vault.bugs).toEqual([])
    vault[Symbol.dispose]()
    softHsm[Symbol.dispose]()
  })

  const factoryPinsNow = async () => (await vault.ask("token.show", { uri: token })).factoryPins
  const warnings = async () =>
    (await vault.ask("audit.list", { action: "token.factory-pin", limit: 100 })).rows.map(({ detail }) => detail)
  const objects = (pin?: string) =>
    vault.ask("token.objects", { uri: token, ...(pin === undefined ? {} : { pin: utf8(pin) }) })

  test("is not known before somebody types it, and a wrong one tells nothing", async () => {
    await objects()
    expect(await vault.refusal("token.objects", { uri: token, pin: utf8("12345678") })).toMatchObject({
      code: "PIN_INCORRECT",
    })
    expect(await factoryPinsNow()).toEqual([])
  })

  test("is told of and logged, once, when the token has taken it", async () => {
    await objects(userPin)
    await objects(userPin)
    expect(await factoryPinsNow()).toEqual(["user"])
    expect(await warnings()).toMatchObject([{ whose: "user" }])
  })

  test("is told of no longer once another is set", async () => {
    await vault.ask("token.change-pin", { uri: token, pin: utf8(userPin), newPin: utf8("246813") })
    expect(await factoryPinsNow()).toEqual([])
  })

  test("of the SO is told of too", async () => {
    await vault.ask("token.init-pin", { uri: token, soPin: utf8(soPin), newPin: utf8("246814") })
    expect(await factoryPinsNow()).toEqual(["so"])
  })

  test("a wrong PIN is a denial in the log, with the token or the key that it was for; a missing one is none", async () => {
    const denials = async () =>
      (await vault.ask("audit.list", { limit: 500 })).rows
        .filter(({ outcome }) => outcome === "denied")
        .map(({ action, target, detail }) => ({ action, target, detail }))
    await vault.ask("key.generate", { name: "here", algorithm: "ec-p256", token, pin: utf8("246814") })
    await vault.ask("vault.lock", {})
    await vault.unlock()
    const before = (await denials()).length
    expect(await vault.refusal("key.sign", { name: "here", message: utf8("m") })).toMatchObject({
      code: "PIN_INCORRECT",
      detail: "a PIN is needed",
    })
    expect(await denials()).toHaveLength(before)
    await vault.refusal("key.sign", { name: "here", message: utf8("m"), pin: utf8("000000") })
    await vault.refusal("token.objects", { uri: token, pin: utf8("000000") })
    const news = (await denials()).filter(({ detail }) => JSON.stringify(detail).includes("PIN_INCORRECT"))
    expect(news).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ action: "key.sign", target: "here" }),
        expect.objectContaining({ action: "token.objects", target: token }),
      ]),
    )
    expect(JSON.stringify(news)).not.toContain("000000")
  })
})
