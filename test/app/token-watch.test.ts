import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { asking } from "../../main/app/ask-vault.ts"
import { TokenWatch } from "../../main/app/token-watch.ts"
import { defaultPreferences } from "../../preload/contract/preferences.ts"
import { isThere } from "../interop/program.ts"
import { TestVault, utf8 } from "../support/vaults.ts"
import { SoftHsm, userPin } from "../token/soft-hsm.ts"

const token = "pkcs11:token=work"
const hour = 3_600_000

describe.skipIf(!isThere("softhsm2-util"))("tokens that are checked by themselves", () => {
  let softHsm: SoftHsm
  let vault: TestVault
  let every: number
  /** Of how many tokens it was told, each time, that they are not well. */
  let told: number[]

  beforeEach(async () => {
    softHsm = new SoftHsm()
    softHsm.token("work")
    vault = await TestVault.create({ at: Date.parse("2027-01-02T03:04:05Z") })
    await vault.ask("key.generate", { name: "signs", algorithm: "ec-p256", token, pin: utf8(userPin) })
    every = 24
    told = []
  })

  afterEach(() => {
    expect(vault.bugs).toEqual([])
    vault[Symbol.dispose]()
    softHsm[Symbol.dispose]()
  })

  const newWatch = () =>
    new TokenWatch({
      now: () => vault.at ?? 0,
      preferences: () => ({ ...defaultPreferences, checkTokensEvery: every }),
      visit: () => vault.claviger.visit(),
      askVault: asking(vault.claviger.dispatch),
      tell: (failing) => told.push(failing),
    })

  const later = (hours: number) => {
    vault.at = (vault.at ?? 0) + hours * hour
  }

  const causes = async () => (await vault.ask("token.health.history", {})).reports.map(({ cause }) => cause)

  const lockAndUnlock = async () => {
    await vault.ask("vault.lock", {})
    await vault.unlock()
  }

  test("are looked at when it is time, and not before", async () => {
    const watch = newWatch()
    await watch.check()
    later(23)
    await watch.check()
    expect(await causes()).toEqual(["schedule"])
    later(1)
    await watch.check()
    expect(await causes()).toEqual(["schedule", "schedule"])
    expect(told).toEqual([0, 0])
  })

  test("are not looked at again because the vault was opened again", async () => {
    await newWatch().check()
    later(1)
    await lockAndUnlock()
    await newWatch().check()
    expect(await causes()).toEqual(["schedule"])
  })

  test("are left alone where a person wants that, and while the vault is locked", async () => {
    every = 0
    await newWatch().check()
    every = 24
    await vault.ask("vault.lock", {})
    await newWatch().check()
    await newWatch().onPluggedIn()
    await vault.unlock()
    expect(await causes()).toEqual([])
  })

  test("are looked at when something was plugged in, whenever that is", async () => {
    const watch = newWatch()
    await watch.check()
    await watch.onPluggedIn()
    expect(await causes()).toEqual(["plugged-in", "schedule"])
  })

  test("that are away are told of once; that a key is gone, each time", async () => {
    const watch = newWatch()
    softHsm.pullOut()
    await lockAndUnlock()
    await watch.check()
    later(24)
    await watch.check()
    expect(told).toEqual([1, 0])
    softHsm.plugIn()
    softHsm.replaceTokens()
    softHsm.token("work")
    await lockAndUnlock()
    for (const _ of ["one day", "the next"]) {
      later(24)
      await watch.check()
    }
    expect(told).toEqual([1, 0, 1, 1])
  })

  test("that hold keys of the vault and were not plugged in are not missed", async () => {
    softHsm.pullOut()
    await lockAndUnlock()
    await newWatch().onPluggedIn()
    expect({ causes: await causes(), told }).toEqual({ causes: [], told: [] })
  })
})
