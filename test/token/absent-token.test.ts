import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { isThere } from "../interop/program.ts"
import { TestVault, utf8 } from "../support/vaults.ts"
import { SoftHsm, userPin } from "./soft-hsm.ts"

const token = "pkcs11:token=work"

describe.skipIf(!isThere("softhsm2-util"))("a token that is not there", () => {
  let softHsm: SoftHsm
  let vault: TestVault

  beforeEach(async () => {
    softHsm = new SoftHsm()
    softHsm.token("work")
    vault = await TestVault.create()
    await vault.ask("key.generate", { name: "far", algorithm: "ec-p256", token, pin: utf8(userPin) })
    softHsm.pullOut()
    // Locking ends the processes that have seen it.
    await vault.ask("vault.lock", {})
    await vault.unlock()
  })

  afterEach(() => {
    expect(vault.bugs).toEqual([])
    vault[Symbol.dispose]()
    softHsm[Symbol.dispose]()
  })

  const message = utf8("a message")
  const sign = () => vault.refusal("key.sign", { name: "far", message, pin: utf8(userPin) })

  test("signs nothing", async () => {
    expect(await sign()).toMatchObject({ code: "TOKEN_ABSENT", detail: "token work" })
  })

  test("makes no key, and no software does in its place", async () => {
    const asked = { name: "new", algorithm: "ec-p256", token, pin: utf8(userPin) } as const
    expect(await vault.refusal("key.generate", asked)).toMatchObject({ code: "TOKEN_ABSENT" })
    expect(await vault.refusal("key.show", { name: "new" })).toMatchObject({ code: "NOT_FOUND" })
  })

  test("gives a key no version, and no software does in its place", async () => {
    const before = await vault.ask("key.show", { name: "far" })
    expect(await vault.refusal("key.rotate", { name: "far", pin: utf8(userPin) })).toMatchObject({
      code: "TOKEN_ABSENT",
    })
    expect(await vault.ask("key.show", { name: "far" })).toEqual(before)
  })

  test("destroys nothing, and nothing says that it has", async () => {
    const asked = { name: "far", reason: "test", confirmed: true, pin: utf8(userPin) }
    expect(await vault.refusal("key.destroy", asked)).toMatchObject({ code: "TOKEN_ABSENT" })
    expect(await vault.ask("key.show", { name: "far" })).toMatchObject({ state: "active" })
  })

  test("is no other of the same name", async () => {
    softHsm.token("work")
    expect(await sign()).toMatchObject({ code: "TOKEN_ABSENT" })
  })

  test("works again when it is back", async () => {
    await sign()
    softHsm.plugIn()
    await vault.ask("vault.lock", {})
    await vault.unlock()
    expect(await vault.ask("key.sign", { name: "far", message, pin: utf8(userPin) })).toMatchObject({ keyVersion: 1 })
  })

  test("is not needed to verify what it signed before", async () => {
    expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true })
    expect(await vault.ask("key.verify", { name: "far", message, signature: utf8("none") })).toMatchObject({
      valid: false,
    })
  })
})
