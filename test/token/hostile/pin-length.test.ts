import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { type TestVault, utf8 } from "../../support/vaults.ts"
import { soPin, userPin } from "../soft-hsm.ts"
import type { HostileModule } from "./hostile-module.ts"
import { isHostileMissing, VaultBesideHostile } from "./vault-beside-hostile.ts"

/** Of 6 to 12 bytes, as the tokens here say that they take PINs. */
const other = utf8("24681012")
/** The SO's may be longer than what a token tells, which may be the user's: a management key has 48 digits. */
const longestSoPin = 48

describe.skipIf(isHostileMissing)("a PIN that can't be a token's", () => {
  let beside: VaultBesideHostile
  let hostile: HostileModule
  let vault: TestVault
  let uri: string

  beforeAll(async () => {
    beside = await VaultBesideHostile.start()
    ;({ vault, hostile, token: uri } = beside)
  })

  beforeEach(() => hostile.forgetTries())
  afterEach(() => hostile.behave())

  afterAll(() => {
    expect(vault.bugs).toEqual([])
    beside[Symbol.dispose]()
  })

  const change = (who: "user" | "so", pin: string) => ({ uri, who, pin: utf8(pin), newPin: other })
  const give = (pin: string) => ({ uri, soPin: utf8(pin), newPin: other })

  test.for(["1234", "1".repeat(13)])("is not tried as the present one of the user: %s", async (pin) => {
    hostile.fault("C_GetTokenInfo narrow")
    expect(await vault.refusal("token.change-pin", change("user", pin))).toMatchObject({
      code: "INVALID_INPUT",
      detail: "pin: this token takes PINs of 6 to 12 bytes",
    })
    expect(hostile.tries).toEqual([])
  })

  test.for(["1234", "1".repeat(longestSoPin + 1)])("is not tried as the SO's: %s", async (pin) => {
    hostile.fault("C_GetTokenInfo narrow")
    const refusal = { code: "INVALID_INPUT", detail: `soPin: this token takes PINs of 6 to ${longestSoPin} bytes` }
    expect(await vault.refusal("token.init-pin", give(pin))).toMatchObject(refusal)
    const erase = { uri, label: "erased", soPin: utf8(pin), confirmed: true }
    expect(await vault.refusal("token.init", erase)).toMatchObject(refusal)
    expect(await vault.refusal("token.change-pin", change("so", pin))).toMatchObject({
      code: "INVALID_INPUT",
      detail: `pin: this token takes PINs of 6 to ${longestSoPin} bytes`,
    })
    expect(hostile.tries).toEqual([])
  })

  test("the SO's is tried where it is longer than a user's may be", async () => {
    hostile.fault("C_GetTokenInfo narrow")
    expect(await vault.refusal("token.init-pin", give("3".repeat(16)))).toMatchObject({ code: "PIN_INCORRECT" })
    expect(hostile.tries).toEqual(["C_Login"])
  })

  test("a shorter one that the token came with is tried: it is there to be changed", async () => {
    hostile.fault("C_GetTokenInfo initial")
    expect(await vault.refusal("token.change-pin", change("user", "1234"))).toMatchObject({ code: "PIN_INCORRECT" })
    expect(hostile.tries).toEqual(["C_Login"])
  })

  test.for(["zeros", "crossed", "untold"])("nobody is locked out by lengths that can't be: %s", async (lengths) => {
    hostile.fault(`C_GetTokenInfo ${lengths}`)
    expect(await vault.ask("token.show", { uri })).toMatchObject({ pinLength: { least: 1, most: 255 } })
    await vault.ask("token.objects", { uri, pin: utf8(userPin) })
    await vault.ask("token.change-pin", { uri, pin: utf8(userPin), newPin: other })
    await vault.ask("token.init-pin", { uri, soPin: utf8(soPin), newPin: utf8(userPin) })
    await vault.ask("token.objects", { uri, pin: utf8(userPin) })
  })
})
